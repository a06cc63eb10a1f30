"""The reader's own words: what the kinds of sentences are told by. To teach it a new way of saying something, add a
phrase to a cue, or a line. Letters: a agent, i split, c choice, o option, r resource, n number, t ordinal; in questions
also p a proposal, b a chain of believers. A heading "claims=doubted" tells the value of a convention.
"""

from madata.validators.negotiation.reading.rules import Rules, rule

# What speakers do by speaking.

MATTERS = r"""
    matters? (?:the )?most|most (?:important|valuable)(?: thing)?|priorit(?:y|ies)|above all|comes? #th|matters? more
    more (?:[^ @#]+ ){0,3}than (?:about )?any\w*(?: else)?|#th and foremost|care(?:s)? (?:the )?most|most
    (?:nothing|no issue|none)(?: (?!@[ic])\S+){0,6} more(?: (?!@[ic])\S+){0,6} than
    """
WALK = r"""
    walk(?:ing|s)?(?: (?:away|out|off))?|leav(?:e|ing)|gone|out|quit(?:ting)?|withdraw(?:ing)?|over|done(?: here)?|off
    break(?:ing)? (?:it |this )?off|take it or leave it|end(?:s|ing)? (?:it|this|the talks)|no deal(?: with me)?
    """
OFFER = r"offer|proposal|deal|terms|suggestion|bid|plan|package|split|division"
ACCEPTING = r"""
    accept(?:s|ed|able|ing)?|agree(?:d|s|ing)?|count me in|deal|yes|fine|works?|on board|in|settled|done|support|gladly|good(?: enough)?
    take (?:it|that|this|your|the|@a)|suits?|happy(?: with)?|shake|ok|okay|sold|go with|sign|i will take
    """
REFUSING = r"""
    against|reject(?:s|ed|ing)?|refus(?:e|al|es|ing)|declin(?:e|es|ing)|no(?= [,.!;]| deal| way| thanks| chance| to)|pass|unacceptable|never
    turn(?:s|ing)? (?:it |that |this |@p )?down|too (?:little|much|low|high)|nothing for me
    (?:can|could|will|would|do|does|is|am) not(?: \S+){0,6}?
    not (?:acceptable|enough|good enough|for me|with me|like this)
    """
DOWNWARD = r"""
    (?:at|the) (?:most|maximum)|up to|maximum|upper limit|as (?:far|high|late) as|until|ceiling|as far up as|highest
    or (?:less|below|lower|earlier|under|sooner|cheaper)
    """
UPWARD = r"""
    (?:at|the) (?:least|minimum)|minimum|lower limit|from|as (?:low|early) as|floor|upwards?|onwards?|lowest
    or (?:more|above|higher|later|over|beyond)
    """
ABOVE = r"above|over|more than|higher than|later than|after|beyond|past|exceed\w*|further than|up from"
BELOW = r"below|under|less than|lower than|earlier than|before|short of|fewer than"
DENYING = r"""
    not|never|no|nothing|refuse|without|out of (?:the )?question|too (?:much|little|high|low)|cannot|none|unacceptable
    (?:draw|is) the line
    """

BARGAIN: Rules = (
    rule("reject", "a*o*p", REFUSING, denies=True),
    rule("accept", "a*o*p", ACCEPTING),
    rule("query", "a*o*", r".*\?", MATTERS + r"|matters?|care|priority|important|value|prefer|hate", denies=True),
    rule("priority", "a*[ci]o*t?", MATTERS),
    rule("promise", "a*n", r"pay(?:s|ment)?|points?|owe|transfer|compensate|reward|give|add", r"points?"),
    rule("most", "a*c?o", DOWNWARD, denies=True),
    rule("least", "a*c?o", UPWARD, denies=True),
    rule("most", "a*c?o", ABOVE, DENYING, denies=True),
    rule("least", "a*c?o", BELOW, DENYING, denies=True),
    rule("threaten", "a*", WALK, r"or|unless|if|otherwise|else|without", denies=True),
    rule("withdraw", "a*", WALK, denies=True),
    rule("deal", "a*", r"everything|the rest|the lot|it all|all of it|nothing at all", denies=True),
    rule("reject", "a*t?", REFUSING, denies=True),
    rule("accept", "a*t?", ACCEPTING),
    rule("deal", ".*[ico].*", denies=True),
)

TAKING = r"""
    t(?:ake|akes|ook|aken|aking)|harvest\w*|catch(?:es)?|caught|fetch\w*|haul\w*|pull\w*|extract\w*|dr(?:aw|ew|awn|aws)
    ha(?:ve|s|d)|collect\w*|gather\w*|g[eo]t\w*|use[sd]?|brought|land\w*|helps?|keep\w*|cut\w*|pick\w*|fell\w*|pump\w*|br(?:ing|ings|ought)|comes? home
    """
GIVING = r"""
    g(?:ive|ives|ave|iven|iving)|donat\w*|receiv\w*|g[eo]ts?|hand(?:s|ed)?|pass(?:es|ed)?|share[sd]?|gift\w*|let
    sen(?:d|ds|t)|transfer\w*|part(?:s|ed)|keeps|kept|contribut\w*|grant\w*|spare[sd]?
    """
FINING = r"punish\w*|fin(?:e|es|ed|ing)|penal\w*|sanction\w*"

COMMONS: Rules = (
    rule(
        "quota",
        "a*nn?r*",
        r"""each|every(?:body|one)|apiece|per (?:head|person|round|party)|of us|quota|limit|nobody|no one|cap|all
        at most|more than""",
        r"propos\w*|promise|suggest|let us|should|shall|how about|agree|what if|limit|quota|cap|offer|i say|no more|plan|would",
        denies=True,
    ),
    rule("took", "a*nn?r*t?", r"i|my|me", TAKING, denies=True),
    rule("took", "a*t?r*", r"i|my|me", TAKING, r"nothing|none|no|not|any|last|previous", denies=True),
    rule("reject", "a*p?n?r*", REFUSING, denies=True),
    rule("accept", "a*p?n?r*", ACCEPTING),
)
COMMONS_ACTIONS: Rules = (
    rule("punish", "aa", FINING, denies=True),
    rule("harvest", "an?n?r*", TAKING, denies=True),
)
DONOR: Rules = (
    rule("gave", "aa?a?a?nn?t?", GIVING, denies=True),
    rule("gave", "aa?a?a?t?", GIVING, r"nothing|none|no|not|any|anything", denies=True),
)
DONOR_ACTIONS: Rules = (rule("donate", "aaa?n?n?t?", GIVING, denies=True),)

# Questions. What is said in one is a claim told by another: rules for claims are after all others.

TOP = MATTERS + r"|(?:value|matter|worth|care|prize|want|important|points)\w*"
CHANGE = r"chang\w*|switch\w*|another way|other way|different\w*"
LIE = r"bluff\w*|truth\w*|true|honest\w*|l(?:ie|ies|ied|ying)|sincere|false\w*|means?|meant|serious\w*"
NO_DEAL = r"""
    no (?:deal|agreement)|without (?:a|any) (?:deal|agreement)|walk\w* away|reservation|breaking off|not agreeing
    """
BARGAIN_QUESTIONS: Rules = (
    rule("switch", "a+t?", CHANGE, r"moves?|when|rounds?|strateg\w*", denies=True),
    rule("reply", "a+no*pt?", r"repl(?:y|ies)|respon\w*|move|answer\w*|do", r"most|best|highest|greatest", denies=True),
    rule("rational", "ac?o*p", NO_DEAL, denies=True),
    rule(
        "pareto",
        "c?o*p",
        r"pareto|better|worse|improve\w*|more points",
        r"some(?:one|body)|any(?:one|body)|nobody|optimal|efficient|some party",
        denies=True,
    ),
    rule("points", "ac?o*p", r"points?|worth|score|value", denies=True),
    rule("offer", "aip|cp", r"how (?:many|much)|what|which", denies=True),
    rule(
        "paid",
        "a+[icont]*",
        r"pa(?:y|id|ys)(?: off)?|c(?:a|o)me of it|gain\w*|br(?:ing|ought)|benefit\w*|help\w*|better off|backfire\w*",
        denies=True,
    ),
    rule("bluff", "a+[icont]*", LIE, denies=True),
    rule("zone", "", r"deal", r"no deal|none|agreement", r"every\w*|all|nobody|no one|each|both", denies=True),
    rule(
        "implied",
        "a+p?n?t?",
        r"mov(?:e|es|ed)|offers?|behaviou?r|did",
        r"must be|show\w*|reveal\w*|impl(?:y|ies)|infer\w*|conclu\w*|judg\w*|follow\w*|deduc\w*",
        TOP,
        denies=True,
    ),
    rule("valued", "ab?n?t?", TOP, denies=True),
)
COMMONS_QUESTIONS: Rules = (
    rule("switch", "a+t?", CHANGE, r"moves?|when|rounds?|strateg\w*", denies=True),
    rule("last", "a+r*t?", r"rounds", r"every(?:body|one)|all", r"like|same|way|as @a", denies=True),
    rule(
        "sustain",
        "nr*t?",
        r"sustain\w*|no less|no fewer|same level|at least|undiminished|shrink\w*|as (?:much|many)(?: \S+){0,3} (?:as|afterwards|again)",
        r"most|maximum|largest|greatest|highest",
        denies=True,
    ),
    rule("stock", "nr*t?", r"how (?:much|many|large|big)|what", r"stock|there|left|size|begins?|beginning", denies=True),
    rule("kept", "pr*t?", r"ke(?:ep|eps|pt)|stuck|respect\w*|within|exceed\w*|more than|broke\w*|observ\w*", denies=True),
    rule("bluff", "a+[nrt]*", LIE, denies=True),
    rule("took", "ab?nr*t?", TAKING, denies=True),
)
DONOR_QUESTIONS: Rules = (
    rule("stays", "n|t", r"stay\w*|surviv\w*|remain\w*|go(?:es)? on|kept|next|move\w* on", denies=True),
    rule("would", "a+n?", r"would|were to|next|once more|one more|# more", denies=True),
    rule("bluff", "a+[nt]*", LIE, denies=True),
    rule(
        "had",
        "an?t?",
        r"ha(?:s|d|ve)|own\w*|left|hold\w*|possess\w*|wealth|resources|are @a 's",
        r"after|following|over|when",
        denies=True,
    ),
    rule("gave", "ab?nt?", GIVING, denies=True),
)
CLAIMS: Rules = (
    rule("priority", "a*[ci]o*t?", MATTERS),
    rule("most", "a*c?o", DOWNWARD, denies=True),
    rule("least", "a*c?o", UPWARD, denies=True),
    rule("took", "ann?r*t?", TAKING, denies=True),
    rule("gave", "ann?t?", GIVING, denies=True),
)

# The setting.

TIMES = r"turns?|rounds?|times?|moves?|steps?|opportunities"
CONVENTIONS: Rules = (
    rule("turns=simultaneous", "a*", r"(?:at )?the same time|at once|simultaneous\w*|side by side"),
    rule(
        "delivery=instant", "a*", r"messages?|said|words|heard|hears?", r"at once|immediate\w*|instant\w*|straight away"
    ),
    rule(
        "claims=doubted",
        "a*",
        r"""(?:nobody|no one|not)(?: \S+){0,6} (?:believ\w*|trust\w*|faith|word)|grain of salt|doubt\w*|need not be true
        disregard\w*|unbelieved""",
        denies=True,
    ),
    rule(
        "claims=believed", "a*", r"believe[sd]?|trust(?:s|ed)?|(?:at|for) (?:their|his or her|its) word|taken as true"
    ),
    rule("promises=cheap", "a*", r"promise[ds]?", r"not|no|nobody|cheap|empty|need", denies=True),
    rule("promises=binding", "a*", r"promise[ds]?", r"bind\w*|kept|paid|owed|enforc\w*|keep|hold"),
)
SETTING: Rules = (
    *CONVENTIONS,
    rule("units", "a*i+n+", r"there (?:is|are)|divide|share|split|over|issues?|units?|@i"),
    rule("options", "a*co+", r"@c"),
    rule("order", "aa+t?", r"turns?|order|first|begins?|starts?|then|after|moves?"),
    rule("deadline", "n", TIMES, r"end\w*|over|deadline|at most|until|last|after|only|in all|there are|have"),
)
COMMONS_SETTING: Rules = ()
DONOR_SETTING: Rules = ()
