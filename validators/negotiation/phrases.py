"""How people say what they do in a negotiation, for the check `wording`: phrases over a skeleton
(`reading/skeleton.py`).

To teach the check a new way of saying something, add a line, or a word to those that may stand around an act. What an
act must match is precise, and what it must not is wide: a turn refused is said again, a wrong one accepted is a wrong
label.
"""

import re

CONTINUED = re.compile(r"\\\n\s*")


def phrases(lines: str) -> re.Pattern[str]:
    """One of some alternatives. A line that ends in a backslash goes on in the next."""
    whole = CONTINUED.sub("", lines).splitlines()
    return re.compile(rf"(?<!\S)(?:{'|'.join(filter(None, map(str.strip, whole)))})(?!\S)")


OFFER = (
    r"(?:offer|proposal|deal|terms|suggestion|bid|plan|package|split|division|arrangement"
    r"|counter ?offer|quota|limit)"
)
KIND = "(?:latest|last|current|kind|fair|generous|new|proposed|own|final|reasonable|great|good|very|exact|whole)"
THAT = (
    rf"(?:it|that|this|these|@p|those terms|(?:your|the|that|this|@a 's) (?:{KIND} )?{OFFER}"
    r"|what you(?: have)? (?:propose|proposed|suggest|suggested|offer|offered)|what @a (?:proposes"
    r"|proposed|suggests|suggested|offers|offered))"
)
WILLING = (
    r"(?:will|can|would|do|am|be|gladly|happily|happy|glad|pleased|delighted|ready|willing|prepared"
    r"|to|gratefully|fully|hereby|really|definitely|certainly|absolutely|just|also|then|gonna|going"
    r"|think|we|should|like|have|decided|shall|officially|completely|totally|formally|actually|so|, )"
)

# Not of the matter: taken out before anything is read.

NEUTRAL = phrases(r"""
    (?:i )?hope (?:you are|everyone is|everybody is)(?: all)? (?:well|fine|doing (?:well|fine))|\
        good to see you(?: all)?|(?:hi|hello|hey)(?: (?:all|everyone|everybody|there|folks|you two))+|\
        i (?:have got|have) a lot to take care of
    nice to (?:meet|see) you(?: all| both)?|how are you(?: all| both| doing| today)*(?: \?)?|\
        i am (?:so )?glad (?:that )?we can (?:all )?talk
    (?:shall we|let us) get (?:going|started|to it)(?: \?)?|i hope you (?:can )?see where i am coming from|\
        as far as i know
    (?:just )?between (?:us|the two of us|you and me)|this (?:stays|is|remains) (?:just )?between us|\
        this is (?:only|just) for (?:you|your ears)
    a (?:quiet )?word(?: in private)?|do not tell any(?:body|one)(?: else)?|(?:please )?keep (?:this|\
        it) to yourself|you should know(?: that)?
    (?:that should )?leave (?:nobody|no one) empty(?: -)? handed|(?:but )?we are not (?:quite )?there yet|\
        i will be (?:open|frank|honest|blunt) with you|i will be (?:open|frank|honest|blunt)|\
        we could all live with (?:that|it)|it is (?:only|just) a (?:suggestion|proposal)|of course
    i do not want to be greedy(?: ,)?(?: but i do have my needs)?|i would rather not argue(?: about it)?|\
        i am open to (?:other )?ideas
    i can be flexible(?: ,)?(?: but)?|i stand by what i asked for|i see what you are after(?: ,)?(?: but)?|\
        (?:that )?there is no point in going on|as a thank(?: -)? you
    no (?:problem|worries|hard feelings|offen[cs]e|pressure|rush|objections?|complaints?|hesitation|doubt|\
        surprise|big deal|matter)(?: at all)?(?: from me| here| on my (?:side|end))?
    why not|not bad|not at all a problem|without (?:any |further )?(?:hesitation|ado|doubt)|no doubt|\
        thanks but no thanks
    not (?:only|just) that|if (?:you ask me|you must know|you want to know|you are wondering|i may|that helps|\
        you like|you do not mind|you wonder)|so to speak|or so it seems
    (?:to be|to tell you|in all) (?:honest|frank|fair|the truth|honesty|fairness)(?: with you)?|you know|\
        i will tell you|just so you know
    between you and me|let us be honest|believe me|mind you|i tell you|i have to say(?! no)|i must say(?! no)|\
        i would say(?! no)|i must admit|i admit
    you drive a hard bargain(?: ,)?(?: but)?|i (?:really |do |very much )?appreciate (?:it|that|this|your \w+|\
        the \w+)|i understand|at this point|all things considered|on reflection
    (?:i am )?(?:so |very |terribly )?sorry(?: ,)? but|thank you(?: ,)? but|thanks(?: ,)? but
    good (?:morning|afternoon|evening|day)|nice to (?:meet|see) you|thank you(?: very much| so much| kindly)?|\
        thanks(?: a lot| so much)?
    (?:to|of) (?:you|us) both|if you would|as a matter of fact|for what it is worth|at the end of the day|\
        most certainly|most likely
    """)

# What a sentence says nothing surely with.

RETRACTED = phrases(r"""
    kidding|joking|joke|hypothetical\w*|forget|scratch that|vice versa|the other way (?:a)?round|opposite|\
        reverse[d]?|swap\w*|wait
    changed? my mind|pretend\w*|for example|as an example|dream\w*|sarcas\w*|as if|yeah right|in your dreams|\
        the contrary
    ignore|cancel\w*|take (?:it|that) back|just testing|nonsense|guess what|fool\w*|lie|lying|l(?:ied|ies)|bluff\w*
    i wish|if only|over my|dead body|in no way|as opposed|rather than|instead of
    """)
HEDGED = phrases(r"""
    maybe|perhaps|might|may|possibly|probably|almost|nearly|consider\w*|think(?:ing)? (?:about|it over|on)|\
        let me (?:think|see|check|sleep)
    tempted|i (?:guess|suppose|doubt|hope|imagine)|not sure|unsure|uncertain|later|soon|tomorrow|yet|sort of|\
        kind of|in theory
    would have|should have|was going to|were to|about to|someday|eventually|hopefully|apparently|supposedly|allegedly
    i (?:have )?hear[d]?|they say|people say|told me|rumou?r\w*|next time|another time|used to|yesterday|\
        once upon|at first|initially
    i (?:wanted|hoped|meant|tried|try|am trying|want|need) to|try(?:ing)? to|had hoped|for now|for the moment
    """)
DENIED = phrases(r"""
    not|never|no|nobody|none|nothing|neither|nor|without|hardly|cannot|nowhere|false|untrue|barely|scarcely|\
        no one|far from|anything but
    """)
CONDITION = phrases(r"""
    if|unless|provided|providing|once|until|till|as long as|so long as|except|otherwise|or|or else|\
        in exchange|in return|condition\w*
    assuming|when|whenever|as soon as|depend\w*|subject to|in case|only (?:if|when|because|for|the|part|half)|\
        given that you|after you|before i|but|however|although|though|yet
    """)
ROUGH = phrases(r"""
    about|around|roughly|approximately|almost|nearly|more|less|fewer|over|under|at least|at most|up to|some|\
        several|a few|many|between|or so|or|a couple|below|above|exactly not
    """)
COUNTED = re.compile(
    (
        r"\d\s?[.,/:]\s?\d(?!\d\d(?!\d))|\d\s*%|(?<![^\W\d_])(?:thousand|million|hundreds?|dozens?"
        r"|percent|twice|thrice|double|triple|couple|pair|quarter|thirds?)(?![^\W\d_])"
    ),
    re.IGNORECASE,
)
PAST_OFFER = phrases(
    (r"(?:earlier|previous|prior|old|original|other|former|first|initial|preceding) (?:\w+ )?")
    + OFFER
    + r"|#th "
    + OFFER
)

# What belongs to one kind of act and to no other.

LEAVING = phrases(r"""
    walk(?:ing|s)?(?: (?:away|out|off))?|withdraw(?:ing|s)?|quit(?:ting)?|(?:pull|pulling|drop|dropping|back|\
        backing|opt|opting) out|ultimatum
    leav(?:e|ing)(?! (?:you|me|us|@a|the rest|the @\w|the other|all|everything|them|both|each|some|#|\
        for (?:you|me|@a)|with|it to|that to|my|your|half))
    i (?:am|will be) (?:out|gone|off|done)|we are (?:done|finished|through)|break(?:ing)? (?:it |this |\
        things )?off|take it or leave it|goodbye|farewell
    (?:final|last|best) (?:offer|chance|word|proposal)|end (?:it|this|these|the) ?(?:talks?|negotiations?|\
        discussions?)?|count me out|call(?:ing)? it quits|give up on (?:this|these)
    """)
VALUING = phrases(r"""
    matters?|matter(?:ed|ing)|priorit\w+|important\w*|importance|cares?(?: about)?|value[sd]?|valuable|\
        worth\w*|prefer\w*|preference\w*|above all|favou?rites?|essential
    crucial|critical|vital|key|desperate\w*|most|least|more important|love[sd]?|hate[sd]?|interest(?:s|\
        ed)? (?:me|in|you)|useless|precious|dear(?:est)?|prize[sd]?|mean(?:s)? (?:a lot|more|the world|little|nothing)
    (?:really|badly|urgently|only|mainly|mostly|especially|particularly|do not|have no) (?:need|want|use)s?|\
        no use for|means? (?:so )?much|(?:need|want)s? (?:\S+ ){0,4}(?:more|badly|most)
    """)
PAYING = phrases(r"""
    pay(?:s|ing|ment|ments)?|paid|points|# point|compensat\w*|reward\w*|owe[sd]?|transfer\w*|bonus|bribe\w*|\
        money|promis\w*|side ?payment|tip
    """)
BOUNDING = phrases(r"""
    at (?:the )?(?:least|most)|minimum|maximum|up to|no (?:more|less|fewer)|(?:more|less|fewer|higher|\
        lower) than|above|below|limit|ceiling|floor|bottom line|lowest|highest|nothing (?:under|over)
    """)
ASKING = phrases(r"""
    what (?:about you|matters|do you|are you|is (?:your|most)|would you)|which(?: of)?|tell me|who|why|when|\
        how (?:many|much|come|do|did)|(?:do|does|did|have|has) (?:you|@a|he|she|they|anyone)|are you
    """)

# Proposals.

TAGS = re.compile(r"""(?x)(?:^|(?<=[.,;!?:]))\ ?(?:(?:so|and|well|then|now|ok|okay|,)\ )*(?:
    deal|agreed|fair|fair\ enough|okay|ok|right|all\ right|good|yes|(?:is|are)\ (?:that|this|it|we
        |you)\ (?:a\ deal|agreed|okay|ok|fair|fine|alright|good|acceptable|all\ right|in)(?:\ (?:with|for
        |by)\ (?:you|everyone|everybody|all|both\ of\ you))?
    |(?:does|would|will|can|do|could|how\ does|how\ do|how\ would|what\ do|how\ about|what\ would
        |how\ is)\ (?:that|this|it|you|we|everyone|everybody|it\ all|these)(?:\ (?:all|both))?
        (?:\ (?:sound|work|look|suit|seem|feel|be|say|think|accept|agree|like|take|go|shake|live|do|go\ for
            |okay|ok|fair|fine|good|reasonable|acceptable|alright|with|about|for|to|by|of|on|you|it|that|this
            |me|us|everyone|everybody|all))*
    |sounds?\ (?:good|fair|okay|ok|reasonable)(?:\ to\ (?:you|everyone|everybody))?|(?:any\ )?(?:thoughts
        |objections)|shall\ we(?:\ shake\ on\ (?:it|that)|\ do\ (?:it|that))?|can\ we\ (?:agree
        |shake)(?:\ (?:on|to)\ (?:that|this|it))?|what\ do\ you\ say(?:\ to\ that)?|works\ for\ you|you\ in
        |are\ you\ in
    )\ ?(?:,\ @a\ )?\?""")
PLEAS = phrases(r"""
    please (?:accept|agree)|(?:do|will|would|can|could) (?:you|we) (?:all )?(?:accept|agree)(?: to| on\
        | with)?|i hope (?:you|that|this|it|we)|hope(?:fully)? (?:you|that|this)|let us agree|we (?:could|can|\
        should|might) agree|if (?:you|we) (?:can )?(?:all )?(?:agree|accept)(?: on| to)?
    """)
ROUGHLY = re.compile(
    r"(?<!how )(?<!what )(?<!\S)(?:about|around|over|under|almost|nearly|roughly|approximately"
    r"|beyond) (?:#|all|half|both|one|a|an)(?!\S)"
)
SUBJECT = re.compile(
    r"(?<!\S)(?<!let )(?<!for )(?<!to )(?<!with )(?<!leave )(?<!leaving )(?<!give )(?<!giving"
    r" )(?<!offer )(?<!of )(?<!by )(?:i|you)(?!\S)(?! (?:(?:will|would|can|could|should|shall|to"
    r"|then|only|both|all|each|am|are|be|may|do|have|going|@a|,|and|me|i|you) )*(?:get|gets|getting"
    r"|take|taking|keep|keeping|have|having|receive|receiving|want|need|like|claim|grab|end|pick"
    r"|choose|opt|ask|asking|give|giving|offer|offering|propose|proposing|suggest|suggesting|let"
    r"|leave|leaving|hand|handing|say|think|thinking|see|accept|agree|hold|split|share|divide|hope"
    r"|host|meet|settle|bring|place|go|okay|ok|happy|fine|#|no|none|nothing|all|both|every"
    r"|everything|the|an?|half|each|@i|@o|[.,;:!?]|$)(?!\S))(?! (?:will|would|can|could|,|and|do"
    r"|both|each|all)?$)"
)
SHARING = phrases(r"""
    rest|remain\w*|everything|nothing|none|both|left|leftovers?|all (?:of (?:it|them)|mine|yours|for|to|goes)|\
        it all|half|mine|yours
    @[ico]|\#|a @\w|evenly|equally|the others?
    """)
ASKED = phrases(r"""
    how about|what about|what if|(?:can|could|may|might|shall|should) (?:i|we)|(?:would|will|could|\
        can) (?:you|@a|everyone|everybody)|why do not|what do you (?:say|think)
    (?:is|would) it (?:be )?(?:okay|ok|fine|alright|all right|possible|fair)|is that|so|deal|does it|\
        do you think|(?:are|would) you (?:be )?(?:ok|okay|happy|willing|fine|open|up|content|good)
    are we|mind if|do you mind|what would you say|how does|(?:do|does) (?:that|this)|let us say|suppose|say|\
        okay|right|sound
    """)
WANTING = phrases(r"""
    who|which|why(?! (?:do )?not)|when|where|did|do you (?:want|need|like|have|get|take|keep|prefer|care)|\
        does @a (?:want|need|get)|have you|has (?:@a|he|she)|is it (?:you|me)|how (?:many|much)|what (?:do|would|\
        will|are) you (?:want|need|like|prefer|take|get|give|after)|would you (?:rather|like|prefer|want)
    """)
PLAIN = frozenset(
    r"""
    decide decided live based best fairest going
    i me my mine myself you your yours yourself we us our ours ourselves they them their everybody everyone each
    both all it its that this these those here there 's himself herself the a an any one ones of to for with from by
    in on at as into out up over and plus also too then so while whereas meanwhile that's am is are be being will
    would can could may shall should must do does have has let lets get gets getting go goes going take takes taking
    keep keeps keeping hold hand hands receive receives receiving want wants like likes need needs ask asking end
    ends walk walks away give gives giving leave leaves leaving offer offers offering propose proposes proposing
    suggest suggests suggesting how about what if say says suppose think thinking perhaps maybe just only simply
    please okay ok alright right well now look listen hey hi hello yes sure good fine fair fairly fairest nice great
    happy glad gladly willing ready content open proposal deal split suggestion plan bid counter counteroffer idea
    division divide divided share shares shared sharing settle settling make makes making put it's work works
    working between among amongst whole entire entirely single full fully completely altogether total together
    respectively rest remaining remainder else other others left leftover everything nothing none evenly equally
    equal half even same back still really quite very pretty certainly definitely actually honestly fair-minded
    round turn today meet meeting see choose pick picks picking opt agree agreed set fix held done sealed place host
    hire start begin ahead option case issue issues side thanks thank : ; , . ! - ( ) ' " & / = possible mind friend
    friends folks guys everyone's come comes coming along sound sounds seem seems seemed looks feel feels claim
    claims wanting grab pass accept bring assign assigned that'd stick stay here's reach agreement way accordingly
    afterwards ?
    """.split()
)

PLEASED = "(?:fine|happy|okay|ok|content|good|willing|alright|all right)"
FREE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\S){found}(?!\S)"), put)
    for found, put in (
        (
            (
                rf"(?:would|will|are|is) (you|@a) (?:be )?{PLEASED} (?:with|to (?:take|get|have|keep|accept)"
                r"|taking|getting|having|keeping)"
            ),
            r"\1 get",
        ),
        (
            (
                r"((?:^|[.!?;:,]|and|so|or|please)(?: (?:and|so|then|ben|please|just|ok|okay|,))*) ?(?:take|have"
                r"|keep|grab)(?= (?:#|the|all|both|a|an|no|none|one|everything|half|@i|only|each))"
            ),
            r"\1 you get",
        ),
        (
            (
                r"(?:let|leave) me(?: (?:have|keep|take|get|with))?(?= (?:#|the|all|both|a|an|no|none|one"
                r"|everything|half|@i|only|each))"
            ),
            "i get",
        ),
        (r"(?:^|(?<=[.!?;:,] )|(?<=and )|(?<=so ))(?:give|hand) me", "i get"),
        (r"let you(?: (?:have|keep|take|get|with))", "you get"),
        (r"would love(?= (?:#|the|a|an|all|both|@i))", "get"),
        (r"\+", "and"),
        (r"(?:consider|accept) this(?: deal| split)? :", ":"),
        (r"a (?:split|deal) where(?= (?:i|you|@a) )", ":"),
        (r"(?:go (?:for|with)|end up with|(?:walk|come) away with|make do with|be left with|leave with)", "get"),
        (r"fair enough", "fair"),
        (
            rf"(?:i|we) (?:could|can|would)(?: all)? (?:live with it|agree|accept(?: it)?|be {PLEASED}) if",
            "if",
        ),
        (
            (
                r"(?:be|am|are) (?:willing|happy|glad|prepared|ready) to(?= (?:give|offer|let|leave|take|keep"
                r"|share|split))"
            ),
            "",
        ),
        (r"(?:are|would be) (?:more than )?welcome to", "get"),
        (r"(?:would be|is|are) (?:enough|plenty|all i need|all i ask)(?= for me)", ""),
        (r"(?:would|will) rather(?= (?:suggest|propose|offer))", "would"),
        (r"let us do (?:this|it this way|it like this|that)(?= [:,])", ""),
        (r"the following (?:deal|split|plan|division)", "this"),
        (r"why (?:do )?not (i|you|we|@a)", r"\1"),
        (
            (
                r"(?:do|will|would|does|shall) not (?:\w+ )?(?:take|get|want|need|have|keep|receive|ask for"
                r"|claim) any(?: of)?(?= (?:the |those |these |your |my )*@i)"
            ),
            "get none of",
        ),
        (r"(?:do|will|would|does|shall) not (?:take|get|want|have|keep|receive) anything", "get nothing"),
        (
            (
                r"(?:units?|packages?|pieces?|packs?|cop(?:y|ies)|items?|sets?|bits?|lots?"
                r"|portions?) of(?= (?:the )?@i)"
            ),
            "of",
        ),
        (r"(?:plus|along with|together with|as well as|&|in addition to)", "and"),
        (r"(?<=# )(?:apiece)", "each"),
        (r"(?:a|an) (?:even|equal|fair|fifty fifty) split of", "evenly"),
        (r"(?:for|to) (?:myself|yourself)(?= [.,;!?]| and|$)", ""),
        (
            (
                r"(?:then|also|simply|just|really|certainly|happily|gladly|in turn|instead|still|only|probably"
                r"|maybe|perhaps|please)"
            ),
            "",
        ),
        (r"in (?:exchange|return)(?: for that)?(?: ,)?", ","),
        (r"all (?:of )?(?=(?:those|these|my|your) @i)", "all of the "),
        (r"(?:if|what if) (i|you|we|@a) took", r"what if \1 take"),
        (
            (
                r"(i|you|we|@a) (?:took|had|got|kept|received)(?= (?:#|the|all|both|a|an|no|none|one|everything"
                r"|nothing|half|@i|only|each))"
            ),
            r"\1 get",
        ),
        (rf"would be {PLEASED} (?:with|to (?:take|get|have|keep|accept))", "get"),
        (rf"am {PLEASED} (?:with|to (?:take|get|have|keep|accept))", "get"),
        (r"(?:i will|i would|i can|we can|we could|i) settle for", "i get"),
        (r"(?:help yourself to|feel free to (?:take|have|keep))", "you take"),
        (r"(?:i am|i would be|i will be)(?: (?!not|never)\w+)? (?:taking|keeping|getting|having)", "i get"),
        (r"(?:you are|you would be|you will be)(?: (?!not|never)\w+)? (?:taking|keeping|getting|having)", "you get"),
        (r"(?:in the meantime|on top of that|on my side|on your side|in my pile|in your pile|at all)", ""),
    )
)

# Answers.

SURELY = (
    r"(?!hardly|barely|scarcely|rarely|nearly|poorly|badly|merely|supposedly|allegedly|apparently|possibly|partly|only)"
    r"[a-z]+ly"
)
NICELY = " (?:fine|well|great|perfectly|just fine|good|nicely|okay|ok|too|out|better)"

I_DO = rf"i (?:{WILLING} ?)*"
ACCEPTING = phrases(rf"""
    (?:{I_DO})(?:accept|agree|approve)(?: to| of| with| on)?
    (?:{I_DO})(?:take|go (?:for|with|along with)|going (?:for|with|along with)|support|back|sign(?: off on\
        | up for)?|second|endorse|settle for|vote for|welcome|embrace|shake on) {THAT}
    (?:{I_DO})(?:in|on board|all for (?:it|that|this)|fine with {THAT}|happy with {THAT}|good with {THAT}|\
        okay with {THAT}|ok with {THAT}|content with {THAT}|satisfied with {THAT})
    (?:{I_DO})say yes(?: to {THAT})?|i am with you(?= [.,!;]|$)|(?:{I_DO})live with {THAT}|my answer is yes|\
        it is a yes from me|yes from me
    we (?:have|have got)(?: ourselves)? (?:a|an) (?:deal|agreement)|you (?:have|\
        have got)(?: yourself)? a deal|you are on|(?:it|that) is a deal|we are (?:agreed|in agreement)
    (?:^|(?<=[.,!;:] ))(?:(?:ok|okay|alright|all right|yes|great|perfect|fine|good|sure|well|so|then|it is|\
        consider it|you got it|{THAT} is|hmm|ah|and|excellent|wonderful|very well|fair enough),? )*(?:, )?(?:deal|\
        agreed|accepted|sold|settled|it is settled)(?= [.,!;:]| then| @a| with me|$)
    {THAT}(?: all)?(?: {SURELY})? (?:works|suits|(?:will|would|does|is going to) (?:work|suit|\
        do)(?:{NICELY})?)(?:{NICELY})? (?:for )?me
    {THAT}(?: {SURELY})? (?:sounds?|is|looks?|seems?|feels?)(?: (?:{SURELY}|very|quite|more than|totally|\
        good and|just|all))? (?:good|great|fair|fine|perfect|reasonable|acceptable|agreeable|okay|ok|alright|\
        all right|right|excellent|wonderful|a deal)(?: to| for| with| by)? me
    (?:sounds|works|looks|seems|fine|okay|ok|good|great|perfect|suits|fair enough)(?: (?:good|great|fair|fine|\
        perfect|reasonable|okay|ok|alright|just fine|well|like a deal))?(?: (?:for|by|to|with))? me
    {THAT} (?:is|sounds|seems|looks) (?:very |quite |perfectly |totally |more than )?acceptable|\
        let us (?:do (?:it|that|this)|shake(?: hands)?(?: on (?:it|that|this))?|go with {THAT}|make it official|\
        call it a deal|seal (?:it|the deal|this)|close (?:the|this) deal)
    count me in|sign me up|you have (?:my|got my) (?:support|vote|backing|agreement|word|yes)|shake on it|\
        consider it (?:done|a deal|agreed|settled)|sounds like a deal|{THAT} (?:has|gets) my (?:support|vote|\
        backing)|happy to (?:accept|agree)|glad to accept|gladly accepted|{THAT} is accepted|accepting {THAT}
    """)
ANSWERED_BY_OTHERS = phrases(r"""
    (?:you|he|she|they|@a|everyone|everybody|nobody|we|who|anyone|somebody)(?: (?!have my)\w+){0,2} (?:accept|\
        agree|accepts|agrees|accepted|reject|rejects|rejected|support|supports|refuse|refuses|decline|\
        declines)(?: to| with)?|(?:want|need|ask|urge|like)s? (?:you|@a) to|please accept|\
        i (?:have )?(?:already )?(?:accepted|rejected|declined|refused)|should i|am i
    """)
STRANGER = phrases(
    (r"(?!@a |it |that |this |here |there |what |let |he |she |who )[a-z]+ 's (?:\w+ )?")
    + OFFER
    + r"|his offer|her offer|their offer"
)
BARGAINING = phrases(r"""
    instead|counter\w*|rather|adjust\w*|modif\w*|revis\w*|tweak\w*|extra|improve\w*|more|less|better|add|\
        change\w*|different\w*|another|except|sweeten\w*|renegotiat\w*|make it|give me|throw in|let me have|\
        hand me|leave me|and (?:then )?(?:we have|it is|you have|i)(?: a deal| accept| agree)|one more thing|\
        also want|also need|as well
    """)
AM_FORCED = (
    r"(?:(?:will|must|have to|am going to|need to|would|do|am afraid(?: that)?|i|am|shall|hereby"
    r"|respectfully|regretfully|politely|really|just|firmly|forced to|going|obliged to|inclined to"
    r"|simply|'ll|think|will have to|to|,) )*"
)
NOT_ABLE = (
    r"(?:can|could|will|would|do|am|shall|may)(?: \w+ly| just| simply| really)? (?:not"
    r"|never)(?: (?:\w+ly|just|simply|going to|able to|willing to|ready to|prepared to|possibly|be"
    r"|in good conscience|want to|see myself|feel|at all|a position to|in))*"
)
COULD = phrases("could|would|should|might")
REJECTING = phrases(rf"""
    i do not (?:find|consider|think|see) (?:that|this|it|@p) (?:is |as )?(?:acceptable|fair|enough|reasonable|\
        good enough)
    {THAT} is not(?: \w+)? (?:fair|enough|good enough|acceptable|right)(?: to| for)? me
    i {AM_FORCED}(?:reject|decline|refuse|pass(?: on {THAT})?|turn {THAT} down|turn down {THAT}|\
    say no(?: to {THAT})?|object(?: to)?|rejecting|declining|refusing|turning {THAT} down|turning down {THAT}|\
    passing(?: on {THAT})?|against {THAT})
    i do not (?:think|believe|feel|see how|see that)(?: that)? (?:i|we) (?:can|could|will|should|would|\
    want to) (?:accept|agree|take that|take it|support|live with|do (?:it|that)|go (?:for|with|along with))
    i {NOT_ABLE} (?:accept(?:ing)?|agree(?:ing)?|take (?:it|that|this|@p|that deal)|support|go (?:for|with|\
    along with)|do (?:it|that|this)|say yes|live with|sign|happy with|okay with|ok with|fine with|\
    comfortable with|work with|on board|back|taking that|approve|in favou?r)
    {THAT}(?: just| really| simply| still| \w+ly| , sadly ,)? (?:does|will|would|is|are|do|could|can)(?: just\
    | really| simply| \w+ly)? not(?: (?:\w+ly|just|simply|quite|really|going to|be|at all|\
    something i can))* (?:work|works|do|acceptable|suit|enough|good enough|cut it|fly|right|fair|accept|\
    agree to|go with|for me|good|near|close|okay|ok|a deal|attractive|going anywhere)
    but no(?= [.,!]|$)|not quite what i had in mind|i (?:would|had) rather not(?: settle for that\
    | accept that)?|i do not like (?:it|that|this|rules of that kind)|i will not be bound by {THAT}
    no deal|(?:^|(?<=[.,!;:] ))(?:sorry , |so |sorry |hmm , |well , |thanks but |but |ah , |\
    @a , )*(?:no|nope)(?= [.,!;:]| thanks| thank you| way| sorry|$)|not for me|out of the question|i have to say no|\
    (?:it|that|this) is a no(?: from me)?
    {THAT}(?: is| are| seems?| sounds?| looks?)(?: \w+ly| just| far| way| really)* (?:unacceptable|\
    too (?:little|much|low|high|one - sided|lopsided|one sided)|unfair|a no|not acceptable|rejected|declined|\
    insulting|nowhere near (?:enough|good enough))
    {THAT} falls short|my answer is no|not acceptable(?: to me)?|not good enough(?: for me)?|\
    you do not have a deal|we do not have a deal|we have no deal|i am not (?:in|on board|with you)(?= [.,!;]|\
    $)|rejected(?= [.,!]|$)|declined(?= [.,!]|$)
    """)
UNREJECTED = phrases(r"""
    not (?:\w+ ){0,3}(?:reject|refuse|decline|declining|rejecting|refusing|pass|say(?:ing)? no|\
        turn(?:ing)? (?:\w+ ){0,3}down|object|complain|unacceptable|unfair)\w*|not (?:a|out of|too) \w+|\
        no (?:reason|way) (?:to|i would|i will|not|that i) \w+|never (?:reject|refuse|say no|pass|turn)|\
        impossible to refuse|hard to (?:refuse|reject|say no|turn down)|fool to
    """)

REFUSED_FOR = phrases(r"""
    if|unless|until|only|maybe|perhaps|might|not sure|yet|let me (?:think|see|check)|think about|provided|\
        as long as|otherwise|or else|kidding
    """)

# Talk of issues.

MATTERING = r"""
    most interested in|(?:is|are) top for me
    counts? most(?: of all)?|here for (?:the )?@[ic] above all
    (?:what )?matters?(?: \w+){0,2} most(?: of all)?|most (?:important|valuable|precious|valued|crucial|\
        essential|dear)(?: of all)?|most (?:to me|for me)|mean(?:s)? the most
    (?:care|value|want|need|prize|treasure|like|love|after|values|\
        interested)(?: in)?(?: about)?(?: getting)?(?: the)?(?: @[ic])? (?:the )?most(?: of all)?|\
        (?:the )?most (?:care about|value|want|need)
    (?:care(?:s)?|interested)(?: the)? most (?:about|in|for)|(?:i )?most (?:want|need|value|care about)|(?:i|\
        we) value (?:the )?@[ic](?: the)? most|worth (?:the )?most|most of all|most highly
    (?:my|your|the)(?: own| absolute| clear| very| real| single)* (?:top|main|highest|biggest|#th|greatest|\
        chief|overriding)(?: \w+)? (?:priority|concern|interest|want|wish|need|goal|thing|item|issue|choice|pick)|\
        (?:my|your) (?:priority|priorities)|top of (?:my|your) list|at the top (?:of|for)
    above (?:all|everything|anything)(?: else)?|more(?: to me\
        | for me)?(?: \w+){0,1} than (?:about )?any(?:thing|thing else| other \w+)(?: else)?|\
        more than (?:anything|everything|all)(?: else)?|comes? #th|puts? @[ic] #th|#th and foremost|(?:is|are) number #
    (?:nothing|no issue|no item|none|no other \w+)(?: (?!@[ica])\S+){0,6} (?:more|as much|as important|\
        as highly|higher)(?: (?!@[ica])\S+){0,6} (?:than|as)|(?:is|are|my)(?: absolute\
        | clear)? (?:my )?(?:favou?rite)|tops my list
    """
SUPERLATIVE = phrases(MATTERING)
SECOND_BEST = phrases(r"""
    least|less|#th most|second|lowest|low|a (?:top |high |big )?priority|one of my|among my|most of the|\
        not(?: \w+){0,3} (?:priority|most|important|matter|matters|top)|(?:no|any) longer|hardly|except|\
        apart from|besides|(?<!am )after|next to|than (?:the )?@[ic]|(?:to|for) (?:you|@a|him|her|them)|lower|\
        until|used to|was|were|most|if|unless|when|would
    """)
OF_ME = phrases(r"i|me|my|mine|myself")
OF_YOU = phrases(r"you|your|yours|each of you|everyone|everybody")
QUERYING = phrases(
    MATTERING
    + r"""
    (?:your|everyone 's|everybody 's)(?: own| real| main| top| biggest| number)* (?:priority|priorities|favou?rite)
    (?:what|which)(?: [^@#?.]+)? (?:matters?|(?:is|are) (?:most )?important)(?: [^@#?.]+)?
    (?:what|which)(?: [^@#?.]+)? do (?:you|you all|each of you) (?:value|prioriti[sz]e|care about)(?: [^@#?.]+)?
    """
)
MOST_OF = phrases(r"most (?:@[ic]|of the)")
LEAST_OF = phrases(r"least|less|lowest|second|worst|not matter|smallest")
OF_SELF = phrases(r"""
    (?:to|for) (?:me|us|your \w+)|(?:do|should|would|am) i|my (?:top |main |own )?(?:priority|priorities|\
        favou?rite)|(?:matter|matters|important)(?: the)?(?: most)? (?:to|for) (?:@a|him|her|them)|does @a
    """)
ANSWERED = phrases(r"(?:you|we) (?:\w+ )?(?:accept|agree|reject|take)|my (?:offer|proposal)|how much|how many|offer")
WONDERING = phrases(r"""
    (?:tell me|let me know|i would (?:like|love) to (?:know|hear)|i am curious|i wonder|i want to know|\
        curious|share with (?:me|us)|help me understand|please (?:say|share|tell)|could you (?:tell|share)|\
        i would be curious to know) (?:\S+ ){0,6}?(?:what|which|your|where)
    """)
TO_YOU = phrases(r"""
    (?:you|your|you 're)(?: \S+){0,3} (?:can|could|will|would|should|must|have|need|want|get|pay|give|go|take|accept)
    """)
MOST = phrases(r"""
    (?:at|the) (?:most|maximum|very most)|up to|maximum|upper limit|as (?:far|high|late) as|no (?:later|\
        higher|further|more) than|ceiling|as far up as|highest|latest|furthest|farthest
    or (?:less|below|lower|earlier|under|sooner|cheaper|anything (?:below|lower|less|earlier|\
        under))(?: than that)?|max|and (?:below|lower|under)
    """)
LEAST = phrases(r"""
    (?:at|the) (?:least|minimum|very least)|minimum|lower limit|as (?:low|early) as|floor|upwards?|onwards?|\
        lowest|earliest|no (?:less|lower|fewer|earlier|sooner) than
    or (?:more|above|higher|later|over|beyond|anything (?:above|higher|more|later|over))(?: than that)?|\
        and (?:above|up|over|higher)|bare minimum
    """)
ABOVE = phrases(r"""
    above|over|more than|higher than|later than|after|beyond|past|exceed\w*|up from|(?:any )?(?:higher|later|\
        further|more)(?: than)?
    """)
BELOW = phrases(r"""
    below|under|less than|lower than|earlier than|before|short of|fewer than|(?:any )?(?:lower|less|earlier)(?: than)?
    """)
RULED_OUT = phrases(r"""
    not|never|no|nothing|refuse|without|out of (?:the )?question|too (?:much|little|high|low|late|early)|none|\
        unacceptable|cannot
    """)

# Leaving, and paying.

GONE = (
    r"(?:i (?:will |would |am |shall |must |have to |going to |be |just |simply |gonna |then "
    r"|hereby |officially |have |need to |decided to |now |'m |also |,)*(?:walk(?:ing)?(?: (?:away|out|off))?"
    r"|leav(?:e|ing)|out|gone|off|done|quit(?:ting)?|withdraw(?:ing)?|pull(?:ing)? out"
    r"|drop(?:ping)? out|back(?:ing)? out|bow(?:ing)? out|end(?:ing)? (?:this|it|these talks"
    r"|the talks|the negotiation)|break(?:ing)? (?:this |it |things )?off|call(?:ing)? it quits"
    r"|opt(?:ing)? out|stepp?(?:ing)? away|walk)(?! (?:you|me|@a|the @\w|with|to|my|your|that|it"
    r"|this (?:offer|proposal)|the (?:offer|proposal)))|count me out|we are (?:done|finished"
    r"|through)|(?:it is|this is|the talks are|these talks are|this negotiation is|we are) over)"
)
WALKS = re.compile(rf"(?<!\S){GONE}(?!\S)")
YES = (
    r"(?:accept(?:ed|s)?|agree(?:d|s)?|take|support|back|say yes|vote for|sign|approve|go (?:for"
    r"|with|along)|on board|takes|supports|backs|passes|goes through|(?:get|have) (?:a|your) (?:yes"
    r"|deal|support|agreement))"
)
NO_TO_IT = (
    rf"(?:(?:do|does|is|can|will|are|get) not (?:\w+ )?{YES}|reject(?:s|ed)?|refus(?:e|es|ed)"
    rf"|declin(?:e|es|ed)|turn(?:s|ed)? (?:\S+ ){{1,3}}?down|turn(?:s)? down|say(?:s)? no|is no"
    r"|pass on|not|no deal|fails?|walk past)"
)
THREATENING = re.compile(
    rf"(?<!\S)(?:unless (?:[^.!?]*? )?{YES}(?!\S)[^.!?]*?(?<!\S){GONE}"
    rf"|{GONE}(?!\S)[^.!?]*?(?<!\S)unless (?:[^.!?]*? )?{YES}"
    rf"|if (?:[^.!?,]*? )?{NO_TO_IT}(?!\S)[^.!?]*?(?<!\S){GONE}"
    rf"|{GONE}(?!\S)[^.!?]*?(?<!\S)if (?:[^.!?]*? )?{NO_TO_IT}"
    rf"|{YES}(?!\S)[^?]*?(?<!\S)(?:or|otherwise|or else|if not)(?: ,| then| else)* {GONE}"
    rf"|(?:reject|refuse|decline|say no|turn (?:\S+ )?down)(?!\S)[^.!?]*?(?<!\S)and {GONE}"
    rf"|without (?:a yes|your (?:yes|support|agreement)|agreement|a deal on this)(?!\S)[^.!?]*?(?<!\S){GONE}"
    rf"|either (?:[^.!?]*? )?{YES}(?!\S)[^.!?]*?(?<!\S)or {GONE})(?!\S)"
)
STAYS = phrases(r"""
    not (?:\w+ ){0,3}(?:walk\w*|leav\w*|withdraw\w*|quit\w*|out|done|gone|go(?:ing)?(?: anywhere)?)|\
        never (?:walk|leave|quit)|stay(?:s|ing)?|if (?:(?!not |reject|refuse|decline)\S+ ){0,4}accept(?:s|\
        ed)? (?:\S+ ){0,4}i (?:am|will|walk|leave)|no (?:intention|plan|reason)|(?:you|@a|they|he|\
        she) (?:\w+ ){0,2}(?:walk|leave|leaving|walking|out|go)|(?:will|would) accept|coming back|come back|be back
    """)
DOUBTED = phrases(r"""
    maybe|perhaps|might|may|possibly|probably|could|not sure|considering|thinking|tempted|almost|nearly|hope|\
        wish|yet|later|soon|tomorrow|about to|would have|want to|wanted|i would
    """)
IF = phrases(r"if|unless|until|otherwise|or|or else|provided|as long as|when|once|in case|either")
PAID_IF = phrases(r"""
    (?:if|when|once|as long as|as soon as|provided|providing|unless|in (?:return|exchange)|only)(?: (?![.!?;])\S+){0,8}
    """)
PROMISING = re.compile(
    r"(?<!\S)(?:i (?:will |would |can |shall |am |going to |promise |to |that |i |happily |gladly "
    r"|personally |happy |willing |do |then |also |offer |offering |prepared |ready |you |@a |, )*"
    r"(?:(?:pay|give|transfer|send|owe|hand|grant|add|slip|pass)(?: over)? (?:you|@a) # points?"
    r"|(?:pay|give|transfer|send|hand|pass)(?: over)? # (?:points? )?(?:over )?to (?:you|@a)"
    r"|(?:compensate|reward|thank|repay) (?:you|@a) with # points?|pay (?:you|@a) #(?= [.,!;]| for"
    r"| if| when| once| as|$)|(?:promise|offer) (?:you|@a) # points?|add # points? for (?:you|@a))"
    r"|you (?:will |would |shall |can )?(?:get|receive|have"
    r"|earn)(?: a payment of)? # points? (?:of mine|from me|out of my (?:own )?(?:pocket|points"
    r"|share))|# (?:of my )?points? (?:from me )?(?:will be|are|is|go|goes)?(?: yours| to you"
    r"| for you)(?: from me)?|you have my (?:promise|word) (?:of|on|for) # points?)(?!\S)"
)
MUTUAL = phrases(r"""
    (?:you|@a)(?: will| would| can| must| should| to| could)? (?:pay|give|owe|transfer|send) (?:me|us)|pay me|\
        give me|(?:from you|to me)|each|both of us|everyone|everybody|total|up to|at least|at most|about|per|\
        unless|otherwise|or
    """)
KEEPS = phrases(r"""
    accept\w*|agree\w*|support\w*|back\w*|vote\w*|say(?:ing)? yes|take (?:it|this|that|my)|sign\w*|\
        go(?:es)? (?:for|with|along|through)|pass(?:es)?|yes|approv\w*|side with|deal|join
    """)

# Commons and donor games.

EACH = phrases(r"""
    each(?: of us)?|every(?:body|one)|every one of us|apiece|per (?:head|person|party)|of us|quota|nobody|\
        no one|none of us|cap|all of us|we all|limit|a head
    """)
QUOTA = phrases(r"""
    propos\w*|suggest\w*|let us|should|shall|how about|agree|what if|limit\w*|quota|cap(?:ped)?|no more than|\
        offer|plan|would|at most|max(?:imum)?|up to|could we|can we|more than
    """)
OVERALL = phrases(r"""
    at least|minimum|together|in total|total|combined|overall|between us|no less|least|all in all|altogether|\
        anything but|no (?:limit|quota|cap)|not (?:\w+ ){0,2}(?:limit|cap|quota|propose|suggest|agree)|against|\
        never|limit (?:ourselves to )?@a|(?<!what )if|(?:for|to|by) (?:@a|you|me)|(?:@a|i|you) (?:can |should |\
        may |must )?(?:takes?|gets?)
    """)
MORE_THAN = phrases(r"""
    (?:nobody|no one|none of us|not|never)(?: [^#.!?]+)? (?:more|above|over|beyond)(?: than)?|no more than|\
        not more than|more than
    """)
OVER = phrases(r"more|above|over|beyond")
NO_MORE = phrases(r"(?:nobody|no one|none of us|not|never|no)(?: [^#.!?]+)? (?:more|above|over|beyond)")
TOOK = (
    r"(?:took|take|harvested|caught|pulled|gathered|collected|extracted|got|landed|fetched"
    r"|brought (?:in|home|back)|drew|cut|used|had|hauled(?: in)?|picked|felled|pumped|withdrew|taken)"
)
TAKEN = re.compile(
    rf"(?<!\S)what i {TOOK} in (?:the )?(?:round #|#th round) was (?:#|nothing|none)(?!\S)|"
    rf"(?<!\S)(?:i (?:only |just |did |have |myself |personally |actually |then |, )*{TOOK}(?: out"
    r"| exactly| just| only| a total of| home| in)* (?:#(?!th)|nothing|none|no @r|a @r)"
    r"|i did not (?:take|harvest|catch|pull|gather|collect|extract|get|use|fetch|draw|cut) (?:any\w*"
    r"|a (?:single|thing)|one|@r)|my (?:harvest|catch|take|share|haul|total"
    rf"|own)(?: \w+){{0,3}}(?: (?:in|of|for|from) (?:the )?(?:round #|#th round|last round"
    r"|previous round))?(?: ,)? (?:was|were|came to|is)(?: exactly| just| only)? (?:#|nothing|none)"
    rf"|i {TOOK} in round # (?:nothing|#))(?!\S)"
)
LAST_ROUND = phrases(r"(?:last|previous|past|this past) round|the round before(?: this)?|just now")
GIVEN = re.compile(
    r"(?<!\S)what @a gave in (?:the )?(?:meeting #|#th meeting) was (?:#|nothing|none)(?!\S)|"
    r"(?<!\S)(?:@a (?:only |just |then |has |actually |personally |did |, )*(?:gave|donated"
    r"|handed(?: over)?|gifted|passed|sent|contributed|shared|give|transferred|parted with|offered"
    r"|spared)(?: over| up| away| out| exactly| just| only| a total of)*(?: @a| me| you"
    r"| them)?(?: just| only| exactly| a total of)* (?:#|nothing|none)"
    r"|@a did not (?:give|donate|share|hand|spare|contribute|send|pass|offer) (?:\S+ )?(?:any\w*"
    r"|a (?:single|thing)|one)|@a(?: 's)? (?:donation|gift"
    r"|contribution)(?: to @a)?(?: in meeting #)?(?: ,)? (?:was|came to)(?: just| only"
    r"| exactly)? (?:#|nothing)"
    r"|(?:@a|i) (?:got|received|was given)(?: just| only| exactly)? (?:#|nothing)(?: \w+)? from @a"
    r"|@a kept everything|(?:#|nothing) (?:was|were) (?:given|donated) by @a)(?!\S)"
)

GIVER = re.compile(
    r"(?<!\S)(?:from|by) (@a)(?!\S)|(?<!\S)(@a)(?= (?:only |just |then |has |actually |personally "
    r"|did |not |, )*(?:gave|give|donat|hand|gift|pass|sent|send|contribut|share|transfer|part|offer"
    r"|spare|kept|'s))"
)
RECEIVER = re.compile(
    r"(?<!\S)(?:to|gave|handed|sent|passed|give|offered|donated) (@a|me)(?!\S)|(?<!\S)(@a"
    r"|i)(?= (?:just |only )?(?:got|received|was given))"
)

# The words that may stand around an act. What they do not have could turn it round.

COURTESY = frozenset(
    r"""
    talk good
    i me my we us our you your yours this that it its these those is are am be been being will would can may do does
    did have has had shall must a an the and so then as of to for with by from in on at about here there now today
    too also all both everyone everybody each together one ones just really very quite well honestly frankly truly
    simply certainly definitely absolutely indeed actually still right alright okay ok yes yeah yep sure oh ah hey
    hi hello hmm look listen please thanks thank appreciate appreciated sorry afraid unfortunately sadly regret
    regrettably respect respectfully understand friend friends folks offer offers proposal proposals deal split
    terms suggestion arrangement plan idea agreement negotiation negotiations talks table discussion conversation
    think feel believe know say saying said tell let make making see what 's thing things time patience effort kind
    kindly reasonable enjoyed working work glad @a @p . , ; : ! - " ' ( )
    """.split()
)
AROUND: dict[str, frozenset[str]] = {
    act: COURTESY.union(words.split())
    for act, words in {
        "accept-proposal": """
            own thought over convinced interest only persuaded proposed suggested accept good great fine perfect
            excellent wonderful fair fairly balanced happy pleased generous pleasure business doing works nice
            lovely forward looking gladly happily enough done hands shake official settled solid decent sounds
            like flexible flexibility thoughtful best way agreed agree everything sensible win get getting
            hereby officially wise choice move end reached common ground @i @c @o # rest other while keep take
            gets takes keeps mine none
            """,
        "reject-proposal": """
            thought over accept reject low little much enough but though however unfair far not close no never
            need better more wanted hoping hoped hard expected expecting something myself position case current
            currently present unable @i @c @o # rest other way moment
            """,
        "priority": """
            mean means
            counts flexible but should top biggest highest main number priority nothing than foremost favourite
            favorite valuable greatest honest worth value want wanted wants need care like getting get important
            most more anything everything else among above four items issues item issue out far easily clearly
            matter matters come comes @i @c #th after go going own over share side interested between everyone's
            truth interest concern family personally hope guess
            """,
        "limit": """
            could anything but after can't go pay take accept price higher lower further else beyond above below
            over under more less than not no nothing never limit maximum minimum possible cannot question out
            need agree works fine acceptable able high low far up spend afford budget give manage option @o @c
            late early later earlier meet come start any unacceptable highest lowest latest earliest most least
            suits suit sell buy ceiling floor bottom top line draw anywhere between refuse reject
            """,
        "query": """
            valuable biggest highest #th ? which where how matter matters most important more value want wanted
            need care like priority priorities top main favourite favorite else other anything item items issue
            issues out curious curiosity before go going any could love wonder share ask asking hear interested
            find something somebody particular especially exactly help better fair get getting if mind after own
            """,
        "threaten": """
            next now comes blunt warning last word i about offer offered stop accepted accepts supports
            supported agreed agrees accept agree take leave leaving walk away reject refuse if unless or
            otherwise else either not no out don't gone done good support final choice decide decision up
            serious seriously mean it's prepared ready down turn back door warn simple only never
            """,
        "withdraw": """
            leaving leave walk walking away out quit done withdraw good luck enough goodbye bye wish best
            farewell getting nowhere no point not isn't going end ends over cannot can't find reach go anymore
            continue longer further waste wasting pointless decided but give up finished through negotiating
            bargaining useless any more without
            """,
        "promise": """
            mine keep agreed provided help through sweeten supports accepts agrees backs accepted # points point
            pay give if accept agree support back supporting backing accepting agreeing vote votes return
            exchange when once own soon long get receive he she they him her them his top extra bonus word
            promise promised additionally personally goes passes reward takes take share side sweetener out
            pocket
            """,
    }.items()
}

# Small talk.

GAME = phrases(r"""
    offers?|offering|offered|deals?|propos\w*|accept\w*|agree\w*|reject\w*|refus\w*|declin\w*|negotiat\w*|\
        points?|priorit\w*|bargain\w*|counter\w*|split|share[sd]?|divide\w*
    sounds (?:good|fair|great)|works for me|sold|settled|done|walk\w* (?:away|out)|withdraw\w*|quit|quota|\
        limit|harvest\w*|donat\w*|gave|took|unless|final|yours|mine|the rest|everything|you (?:can )?(?:have|take|\
        keep|get) (?:it|them|all)|i (?:will )?(?:take|keep|want|need) (?:it|them|all)|no deal|take it|leave it|\
        reservation|deadline|bluff\w*|strateg\w*|worth|value\w*|matters? most|yes|no
    i am (?:out|in|leaving|done)|let us do it|i am leaving
    """)
