"""English in which a team tells, asks, proposes, answers, requests and confirms: patterns over skeletons
(`mentions.py`), and the words that may stand around what they find. What no list has is refused.
"""

import re

STARTS, ENDS = r"(?<!\S)", r"(?!\S)"


def phrases(lines: str) -> re.Pattern[str]:
    """Alternatives, one a line or more with | between; a backslash joins lines. Each begins and ends with a word."""
    found = [line.strip() for line in re.sub(r"\\\n *", "", lines).strip().splitlines()]
    return re.compile(rf"{STARTS}(?:{'|'.join(found)}){ENDS}")


# Whom a line speaks to.

GREETING = r"(?:hi|hey|hello|okay|ok|so|well|yes|sorry|thanks|thank you|dear|listen|look|right|please|to|good|great)"
CALLED = re.compile(
    r"(?:^|(?<=[.!?;:,] ))(?:(?:this (?:goes|is|message is)|a (?:word|message|note)) (?:to|for) "
    rf"|(?:{GREETING} (?:, )?)*)"
    r"A(?: (?:,|and|, and|&) A)*(?= [,:.!;?])(?: ,)?(?: (?:this is )?for you(?= [,:.!;]))?"
    r"|, A(?: (?:,|and|, and) A)*(?= [.!?;,:])"
)

# Proposals and messages as they are called.

NTH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
LAST = r"(?:last|latest|newest|most recent)"
ONLY = r"(?:own|only|new|current|whole|entire)"
WHEN = rf"(?: (?:back )?(?:in|from|of|during) (?:the )?(?:round (?:number )?\d+|{NTH} round))"
PLANNED = r"(?:proposal|plan|suggestion|offer|idea|schedule|route|solution)"
MADE = r"(?:just )?(?:made|makes|proposed|suggested|put forward|offered|came up with|gave|proposes|suggests|did)"
PROPOSAL = re.compile(
    rf"{STARTS}(?:(?:the |that |this )?(?:(?:A 's|your|my) )?(?:(?:{NTH}|{LAST}|{ONLY}) )*{PLANNED}"
    rf"(?: (?:that |which )?(?:A|you|i) {MADE}| (?:made |proposed )?(?:by|from|of) (?:A|you))?{WHEN}?"
    rf"|what (?:A|you|i) {MADE}(?: (?:{NTH}|{LAST}))?{WHEN}?){ENDS}"
)
SAID = r"(?:have |has |just )*(?:said|told|wrote|sent|shared|says|mentioned|say|tell)(?: (?:to )?(?:me|us))?"
NOTE = r"(?:message|note|information|news|words|info|update)"
MESSAGE = re.compile(
    rf"{STARTS}(?:what (?:A|you|i) {SAID}(?: (?:{NTH}|{LAST}))?{WHEN}?"
    rf"|(?:the |that |this )?(?:(?:A 's|your|my) )?(?:(?:{NTH}|{LAST}|{ONLY}) )*{NOTE}"
    rf"(?: (?:that |which )?(?:A|you|i) {SAID}| (?:by|from|of) (?:A|you))?{WHEN}?"
    rf"|(?:the )?(?:{NTH}|{LAST}) (?:thing|message) (?:that |which )?(?:A|you|i) {SAID}{WHEN}?){ENDS}"
)
ROUND = re.compile(rf"round (?:number )?(\d+)|({NTH}) round")
ORDINAL = re.compile(rf"{STARTS}({NTH}){ENDS}(?! round)")
NEWEST = re.compile(rf"{STARTS}{LAST}{ENDS}")

# Turns of phrase that say nothing by themselves.

NEUTRAL = phrases(r"""
    as far as i (?:know|can (?:tell|see)|am aware)|as for what i know|for all i know
    (?:my|our) (?:\S+ ){0,4}(?:says|shows|reads|tells me)(?: that)?(?: ,)?
    no (?:doubt|worries|problem)(?: about (?:it|that))?|do not (?:worry|forget)|by the way|on the other hand
    (?:we|you|one|i) (?:can|could) not (?:get|go|pass|walk|move)(?: through| past| via| into)(?= F)
    if (?:i|you) do (?:it|them|that)|it (?:may|might) help(?: you)?(?: to know)?(?: that)?|not only
    i hope (?:that|this|it) helps|let (?:me|us) (?:see|think(?: about (?:it|this))?)
    let us not (?:lose|waste) (?:any )?time
    we (?:will|can) (?:manage|do (?:it|this|that))|we are getting (?:there|closer)
    that (?:is|'s) (?:it|all)(?: from me)?(?: for now)?
    you should (?:also )?(?:know|note|be aware)(?: that)?|it is good to work with you|thanks so far
    let us (?:keep going|go on|get (?:this|it) done(?: together)?)
    (?:tell me |let me know )?if (?:anything|something) is unclear|if you ask me|if you want to know
    """)

# What turns words round.

DENIED = phrases(r"not|no|never|neither|nor|none|nobody|nothing|without|hardly|cannot|no longer")
DENIAL = r"(?:not|no|never|nor|neither)(?: (?:a|an|the|any|be|been|being|at|really|actually|in|on|for))*"
NO_F = re.compile(
    rf"{STARTS}(?:none of|neither) (F(?:(?: \S+)? (?:,|and|or|nor|, and|, or|and the) (?:\S+ )?F)*)(.*?) V{ENDS}"
)
NO_V = re.compile(rf"{STARTS}{DENIAL} V{ENDS}")
NOT_IT = re.compile(rf"{STARTS}(is|are) not ,(?= (?:it|they) (?:is|are){ENDS})")
ALSO = phrases(r"so (?:is|are)|too|as well|also|likewise|same")
TAGS = re.compile(
    r"(?:(?<=[.!?;,] )|^)(?:okay|ok|right|got it|alright|all right|deal|clear|does that help|anything else|fine|"
    r"(?:so )?what do you (?:think|say)|how does that sound|"
    r"does that (?:work|suit)(?: for)?(?: you| everyone| everybody| you all)?|"
    r"thoughts|agreed|sound good|can you help(?: me)?|can anyone help(?: me)?|any help|good|"
    r"is that (?:okay|ok|fine)(?: with you)?) \?"
)

# Acts.

UNREAL = phrases(r"would(?! (?:take|charge|ask|want|like|cost|have to charge|do it))|was|were|should")
CHOOSING = re.compile(
    rf"{STARTS}(?:my (?:choice|decision|pick)(?: now)?(?: is| will be| :|'s)(?: now)?|"
    r"(?:for now )?i(?: (?:now|will|would like|am|have|going|"
    r"choose|choosing|chose|chosen|decide|decided|pick|opt|'s|just|shall))*)"
    rf"(?: (?:to|now|for|for now))* X{ENDS}"
)
ASKING = phrases(r"""
    i (?:have to |must |would like to |want to )?ask(?: you| everyone| everybody| all of you| A)?(?: about)?
    (?:please )?(?:tell|inform|update) (?:me|us)|let me know
    i (?:also )?(?:need|want|would like|would love)(?: to)?(?: know| find out| hear| learn| ask)
    who (?:knows|can)
    (?:can|could|does|do|would|will) (?:anybody|anyone|somebody|someone|you|any of you|one of you|A)|i wonder
    i am missing
    i do not know(?= (?:what|whether|if|about|where|how|which))|what about|how about|what do|help me
    """)
TELLING = phrases(r"i (?:can |will |could |already |just )*(?:tell|told|know|inform|knew|say|said)|i (?:do )?know")
QUESTION = phrases(r"whether|if|is|are|do|does|know|who|what|how|tell|can|could|where|which")
STATED = re.compile(rf"{STARTS}F (?:is|are|'s)(?: (?:a|an|already|not))* V{ENDS}")

IMPOSSIBLE = phrases(r"""
    (?:it|this|that|the task|the whole thing)? ?(?:simply |just )?(?:can not|could not|\
    can never) (?:simply )?be (?:done|solved)
    (?:is|'s|are) (?:simply |just |clearly )*(?:impossible|unsolvable|not (?:possible|feasible|doable))
    impossible
    (?:there is |we have |i see |i find )?no (?:way|solution|plan|schedule|route|\
    possible plan)(?: (?:that works|to do (?:this|it|that)|out|through))?
    (?:we|i) can not (?:do|solve) (?:it|this|that)
    """)
PROPOSING = phrases(r"""
    (?:maybe|perhaps)(?= (?:we|you|let us|it would))
    i (?:would|will) do it(?: so that| like this)?
    i (?:would |will |hereby |also |still |just )*(?:propose|suggest|recommend|say|think|vote|go|like)(?: we|\
     to propose| to suggest| that we| that| for| with| we should)?
    (?:can|could|shall|should) we (?:all )?agree(?: on| that| to)?(?: this)?
    let us (?:say|agree)(?: on| that)?|(?:my|here is my) (?:plan|proposal|suggestion|idea)(?: is)?
    what do (?:you|we) (?:all )?(?:think|say)(?: of| about)?|what if|how about|i have
    here is (?:a|the|my) \w+ (?:that|which) (?:could|should|would|might) work
    """)
ACCEPTING = phrases(r"""
    i (?:hereby |do |can |will |fully |gladly |happily |also |would |, )*(?:accept|agree|support|approve|back|\
    endorse|second|take)(?: (?:to|with|of|on|for|it))*
    i am (?:very |quite |totally |absolutely |perfectly |all )*(?:fine|happy|okay|ok|on board|in favour|\
    in favor|for|in|good|pleased)(?: (?:with|of|for|to take))*
    yes (?:to|for)|agreed
    (?:is|'s|are) (?:fine|okay|ok|good|great|perfect|all right|alright)(?: (?:with|by|for) me)?|works? for me
    count me in(?: (?:for|on))*
    (?:it |this |that )?sounds (?:good|great|fine|perfect)(?: to me)?
    you have my (?:support|vote|agreement|yes)|let us (?:take|do|go with|go for|go ahead with)
    deal|has my (?:support|vote|agreement)|my (?:answer|vote) is yes|works|i say yes(?: to)?|let us do it
    i like
    """)
REJECTING = phrases(r"""
    i (?:hereby |do |must |will |have to |need to |would |am afraid i |respectfully )*(?:reject|refuse|decline|\
    oppose|veto|turn down|say no to|disagree with|disagree|pass on|object to)
    (?:can|do|could|would|will) not (?:possibly |really )?(?:accept|agree|support|approve|take|back|endorse|\
    work|go)(?: (?:to|with|of|for|on|along))*
    am (?:afraid i am )?not (?:in favour|in favor|happy|okay|ok|fine|on board)(?: (?:with|of))*|no to
    i am (?:strongly )?against|(?:is|'s) not (?:acceptable|possible|good enough)
    i (?:can|do) not (?:accept|agree)|(?:that|it|this) (?:will|does|would) not work
    (?:^|(?<=[.!?;,] ))no(?= [,.!])
    """)
ASKED_TO = phrases(r"""
    i (?:would |really |need |want |ask |kindly |like |suggest |request |say |, )*(?:need|want|like|ask|suggest|\
    request|propose)(?: that)? you(?: to)?
    would you mind
    it (?:would|'s|is|will) be? ?(?:best|good|great|better|nice|helpful)(?: for you to| if you| for you)
    could you(?: please)?|can you(?: please)?|will you(?: please)?|would you(?: please)?
    you (?:should|could|must|can|need to|have to|may)(?: please)?(?: now)?
    A (?:should|could|must|can|needs to|has to|please)|(?:should|could|can|would|will) A|please|we need
    what about|how about|what you (?:hold|are holding|have|have got)
    """)
CONFIRMING = phrases(r"""
    (?:yes (?:, )?)?i (?:can |have |do |hereby |also |just |did |, )*(?:got|received|heard|confirm|understood|\
    noted|read|acknowledge|get)(?: (?:it|that|having|i know|that i know|that i (?:got|received|heard|have)))*
    has (?:now |just )?(?:reached me|arrived|come through|got through|got here|come in)
    (?:reached me|came through|arrived|got through|came in)|noted|got it|understood|message received|received
    thanks for|thank you for
    """)

COMMON = frozenset(
    r"""
    . , ; : ! " ( ) ' & / ? a an the and but while whereas so as because since for of in on at to with by that this
    these those it they we us our you all both is are am be
    's i me my mine myself your everyone everybody anyone team folks
    friends guys friend people hi hey hello okay ok oh ah well right alright now then please thanks thank sorry afraid
    yes yep sure good great fine luckily unfortunately sadly also too just really very quite actually indeed here
    there
    let know helps help look listen can say each one thing things part side word quick quickly note keep mind
    remember forget today hm hmm um again got have has get together do does done going go on round moment first
    """.split()
)
AROUND: dict[str, frozenset[str]] = {
    act: COMMON.union(words.split())
    for act, words in {
        "inform": """
            news some turned suits suit only up out square squares spot cell cells part map list plan i've my
            own what which where who whose
            my
            calendar know
            known knows aware tell inform telling share report mention mean confirm sure certain certainly definitely
            clearly though although however already still even yet other watch out careful through get reach see saw
            seen
            seeing found two three four five # charge charges cost costs want wants ask asks take takes would like
            price
            prices coin coins number goal headed head heading vote order today's current currently free busy has gives
            have had following cooks contribute info information remind reminder clear comes stands begins lies
            located
            respectively works work fact facts following same see not no neither nor none never or case it's there's
            choice choose decided checked looked
            be'll point attention beware learned can't quickly myself heads fyi update share respective remaining job
            """,
        "query-ref": """
            out up what who which where whether if or know knows tell about could would need want like find out hear
            learn
            ask asking question missing anybody somebody someone any anything idea does do like details more status
            something namely open information info let check wonder curious not don't look looks mean value am unsure
            situation case maybe perhaps possibly
            """,
        "propose": """
            should could would will let may might shall what if how about propose suggest suggestion proposal plan way
            route steps step square squares go goes going move moves moving walk head take takes then next after
            finally
            lastly afterwards followed continue turn hold put have schedule set meet meeting time do does done happen
            scheduled choose pick use try works work suit suits think thoughts agree sound sounds idea
            further more once twice times thing following this'll task tasks job jobs be being gets get goes handle
            handles cover covers we're solution option best cheapest seems looks while three two four five six
            """,
        "impossible": """
            have has had checked tried looked everything every each at it from sides conclusion proposal propose say
            suggest that think way ways my do done task believe must conclude give up clear clearly simply possibility
            options
            option see figure any after all result done declare
            """,
        "accept-proposal": """
            proposal plan accept agree happy gladly glad love like made idea sounds sound works work me nice lovely
            perfect excellent wonderful best makes make sense fair solid reasonable forward ahead go let us do
            take what did support thank smart clever from
            """,
        "reject-proposal": """
            proposal plan reject accept made idea work works though although however already reason reasons is why
            given
            what did must have would my from due problem problems therefore means mean still even either
            """,
        "request": """
            should could would best better if went going go move moves moving one square head step walk make take grab
            fetch get bring need want needs this turn put place carry staying stay where are possible soon while
            your it with what direction towards forward do does like there put
            """,
        "confirm": """
            message messages received got heard confirm said has reached know clear safely loud from understood noted
            came through arrived thing you your what information sent fine
            """,
    }.items()
}
AROUND["reject-proposal"] |= AROUND["inform"]

HEADING = phrases(r"(?:go|going|head|move|walk)(?: to the)? [CX]")
GAME = phrases(r"""
    propos\w*|accept\w*|agree[ds]?|agreement|reject\w*|plans?|confirm\w*|messages?|suggest\w*|turn down
    said in|told
    """)
