"""The reader's own words: what the kinds of sentences are told by. To teach it a new way of saying something, add a
phrase to a cue. Letters: a agent, i split, c choice, o option, r resource, n number, t ordinal; in questions also p a
proposal, e a claim or threat, b a chain of believers.
"""

from madata.validators.negotiation.reading.rules import Rules, rule

MATTERS = (
    r"matters? (?:the )?most|most (?:important|valuable|precious|of all|to (?:me|you))|priorit(?:y|ies)|care(?:s)? (?:the )?most|above all|"
    r"more (?:important )?(?:to me )?than any\w*(?: else)?|(?:nothing|no issue|none)(?: (?!@|#)\S+)* more(?: (?!@|#)\S+)* than|"
    r"(?:value|want|need|prize)s? (?:the )?most|worth (?:the )?most|comes? first|first of all|most|matters? more"
)
WALK = (
    r"walk(?:ing|s)?(?: (?:away|out|off))?|leav(?:e|ing)|gone|out|quit(?:ting)?|withdraw(?:ing)?|break(?:ing)? (?:it |this )?off|"
    r"over|take it or leave it|end(?:s|ing)? (?:it|this|the talks)|done(?: here)?|no deal(?: with me)?|off"
)
OFFER = r"offer|proposal|deal|terms|suggestion|bid|plan|package|split|division"

ACCEPTING = (
    r"accept(?:s|ed|able)?|agree(?:d|s)?|deal|yes|fine|works?|take (?:it|that|this|your|the|@a)|on board|in|settled|done|support|gladly|"
    r"good(?: enough)?|suits?|happy(?: with)?|shake|ok|okay|sold|go with|sign|i will take"
)
REFUSING = (
    r"reject(?:s|ed)?|refus(?:e|al|es)|declin(?:e|es)|turn(?:s)? (?:it |that |this |your |@a )?(?:offer |proposal )?down|no(?= [,.!;]| deal| way| thanks| chance)|"
    r"(?:can|could|will|would|do|does|is|am) not(?: \S+){0,6}?|not (?:acceptable|enough|good enough|for me|with me|like this)|pass|unacceptable|"
    r"too (?:little|much|low|high)|never|nothing for me"
)
DOWNWARD = r"(?:at|the) (?:most|maximum)|up to|maximum|upper limit|or (?:less|below|lower|earlier|under|sooner|cheaper)|as (?:far|high|late) as|until|ceiling|as far up as|most"
UPWARD = r"(?:at|the) (?:least|minimum)|minimum|lower limit|or (?:more|above|higher|later|over|beyond)|from|as (?:low|early) as|floor|upwards?|onwards?|least"
ABOVE = r"above|over|more than|higher than|later than|after|beyond|past|exceed\w*|further than|up from"
BELOW = r"below|under|less than|lower than|earlier than|before|short of|fewer than"
DENYING = r"not|never|no|nothing|refuse|without|out of (?:the )?question|too (?:much|little|high|low)|cannot|none|unacceptable"

BARGAIN: Rules = (
    rule("query", "a*", r".*\?", MATTERS + r"|matters?|care|priority|important|value|prefer"),
    rule("priority", "a*[ci]", MATTERS),
    rule("promise", "a+n|n", r"pay(?:s|ment)?|points?|owe|transfer|compensate|reward|give", r"you|@a"),
    rule("most", "a*c?[no]", ABOVE, DENYING, denies=True),
    rule("least", "a*c?[no]", BELOW, DENYING, denies=True),
    rule("least", "a*c?[no]", UPWARD + "|" + ABOVE),
    rule("most", "a*c?[no]", DOWNWARD + "|" + BELOW),
    rule("threaten", "a*", WALK, r"or|unless|if|otherwise|else|without", denies=True),
    rule("withdraw", "a*", WALK, denies=True),
    rule("deal", "a*", r"everything|the rest|the lot|it all|all of it|nothing at all", denies=True),
    rule("reject", "a*t?", REFUSING, denies=True),
    rule("accept", "a*t?", ACCEPTING),
    rule("deal", ".*[ico].*", denies=True),
)

TAKING = r"t(?:ake|akes|ook|aken|aking)|harvest\w*|catch(?:es)?|caught|fetch\w*|haul\w*|pull\w*|extract\w*|dr(?:aw|ew|awn|aws)|ha(?:ve|s|d)|collect\w*|gather\w*|g[eo]t\w*|use[sd]?|brought|land\w*|helps?|keep\w*|cut\w*|pick\w*|fell\w*|pump\w*"
GIVING = r"g(?:ive|ives|ave|iven|iving)|donat\w*|receiv\w*|g[eo]ts?|hand(?:s|ed)?|pass(?:es|ed)?|share[sd]?|gift\w*|sen(?:d|ds|t)|let|transfer\w*|part(?:s|ed)|keeps|kept|contribut\w*|grant\w*|spare[sd]?"
FINING = r"punish\w*|fin(?:e|es|ed|ing)|penal\w*|sanction\w*|makes? .* pay"

COMMONS: Rules = (
    rule("quota", "a*nn?r*", r"each|every(?:body|one)|apiece|per (?:head|person|round|party)|of us|quota|limit|nobody|no one|cap|all|at most|more than", r".*(?:propos\w*|suggest|let us|should|shall|how about|agree|what if|limit|quota|cap|offer|i say|no more|plan|would).*", denies=True),
    rule("took", "a*nn?r*t?", r"i|my|me", TAKING, denies=True),
    rule("took", "a*t?r*", r"i|my|me", TAKING, r"nothing|none|no|not|any|last|previous", denies=True),
    rule("reject", "a*n?r*", REFUSING, denies=True),
    rule("accept", "a*n?r*", ACCEPTING),
)
COMMONS_ACTIONS: Rules = (
    rule("punish", "aa", FINING),
    rule("harvest", "an?n?r*", TAKING, denies=True),
)
DONOR: Rules = (
    rule("gave", "aa?a?a?nn?t?", GIVING, denies=True),
    rule("gave", "aa?a?a?t?", GIVING, r"nothing|none|no|not|any|anything", denies=True),
)
DONOR_ACTIONS: Rules = (rule("donate", "aan?n?t?", GIVING, denies=True),)

# Questions.

OFFERS = rf"(?:{OFFER})s?"
TOP = MATTERS + r"|(?:value|matter|worth|care|prize|want|important|points)\w*"
BARGAIN_QUESTIONS: Rules = (
    rule("reply", "aa?n?pt?", r"repl(?:y|ies)|respon\w*|move|answer\w*|option|best|do|react\w*|step", r"most|best|highest|better|greatest|maximi\w*", denies=True),
    rule("rational", "aa?p", r"no deal|without (?:a|any) (?:deal|agreement)|walk\w* away|reservation|no agreement|breaking off|fall ?back|not agreeing|at least|acceptable|leaving", denies=True),
    rule("pareto", "p", r"pareto(?: -)?(?: \S+)?|better (?:off )?(?:for|without)|worse(?: off)?|improve\w*|efficient|anybody|anyone|some(?:one|body)", denies=True),
    rule("points", "aa?p", r"points?|worth|score|value"),
    rule("offer", "a?a?ip|a?cp|ip", r"how (?:many|much)|what|which|where|who", denies=True),
    rule("paid", "a+[icont]*", r"pa(?:y|id|ys)(?: off)?|worth it|gain\w*|br(?:ing|ought)|benefit\w*|help\w*|better off|backfire\w*|do(?:es)? .* good|profit\w*|made .* difference|make .* difference|achieve\w*|advantage", denies=True),
    rule("bluff", "a+[icont]*", r"bluff\w*|truth\w*|true|mean(?:s|t)?|honest\w*|l(?:ie|ies|ied|ying)|sincere|serious\w*|know(?:s|n)? (?:better|that)|false\w*", denies=True),
    rule("zone", "", r"any|every\w*|all|nobody|no one|possible|there|exist\w*|both|zone", denies=True),
    rule("switch", "a", r"chang\w*|switch\w*|different\w*|shift\w*|new", denies=True),
    rule("implied", "an?t?|ap?", r"mov(?:e|es|ed)|offers?|proposals?|behaviou?r|show\w*|reveal\w*|impl\w*|infer\w*|conclu\w*|judg\w*|follow\w*|deduc\w*|tell\w*|gather\w*|learn\w*", TOP, denies=True),
    rule("valued", "ab?n?t?", TOP, denies=True),
)
COMMONS_QUESTIONS: Rules = (
    rule("sustain", "n?r*t?", r"sustain\w*|without (?:\S+ )*(?:shrink\w*|fall\w*|less|los\w*)|as (?:much|many|large|big|high)|at least|undiminished|same|shrink\w*|harvest\w*|most|maximum", r"most|maximum|largest|greatest|at most|highest|how (?:much|many)", r".*(?:tog\w*|all|everybody|everyone|most|harvest|group|overall|total).*", denies=True),
    rule("stock", "n?r*t?", r"how (?:much|many)|what|stock|size", denies=True),
    rule("kept", "a?pr*t?", r"ke(?:ep|eps|pt)|stuck|respect\w*|honou?r\w*|st(?:ick|uck)|compl\w*|exceed\w*|within|follow\w*|obey\w*|broke\w*|observ\w*|held", denies=True),
    rule("last", "ar*", r"how (?:long|many rounds)|rounds|last\w*|surviv\w*", r"every(?:body|one)|all|if|like|same|way", denies=True),
    rule("bluff", "a+[nrt]*", r"bluff\w*|truth\w*|true|honest\w*|l(?:ie|ies|ied|ying)|sincere|false\w*|know\w*", denies=True),
    rule("switch", "a", r"chang\w*|switch\w*|different\w*|shift\w*|new", denies=True),
    rule("took", "ab?n?r*t?", TAKING, denies=True),
)
DONOR_QUESTIONS: Rules = (
    rule("stays", "n?t?", r"stay\w*|surviv\w*|remain\w*|go on|goes on|carr\w*|kept|next|move\w* on", denies=True),
    rule("would", "aa", r"would|if|next|were to|will", denies=True),
    rule("bluff", "a+[nt]*", r"bluff\w*|truth\w*|true|honest\w*|l(?:ie|ies|ied|ying)|sincere|false\w*|know\w*", denies=True),
    rule("had", "a+n?t?", r"ha(?:s|d|ve)|own\w*|left|hold\w*|possess\w*|wealth|resources", r"after|following|once|right|when", denies=True),
    rule("gave", "a*b?a*n?t?", GIVING, denies=True),
)


# The setting.

NUMBER_OF = "turns?|rounds?|times?|moves?|steps?|opportunities"
SETTING: Rules = (
    rule("units", "n+i+a*", r"there (?:is|are)|divide|share|split|over|issues?|units?|@i", denies=True),
)
COMMONS_SETTING: Rules = ()
DONOR_SETTING: Rules = ()
