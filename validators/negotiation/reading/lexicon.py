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
    accept(?:s|ed|able|ing)?|agree(?:d|s|ing)?|count me in|deal|yes|fine|works?|on board|in|settled|done|support|gladly
    good(?: enough)?
    take (?:it|that|this|your|the|@a)|suits?|happy(?: with)?|shake|ok|okay|sold|go with|sign|i will take
    """
REFUSING = r"""
    against|reject(?:s|ed|ing)?|refus(?:e|al|es|ing)|declin(?:e|es|ing)|no(?= [,.!;]| deal| way| thanks| chance| to)
    pass|unacceptable|never
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

BARGAIN = Rules(
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
    ha(?:ve|s|d)|collect\w*|gather\w*|g[eo]t\w*|use[sd]?|brought|land\w*|helps?|keep\w*|cut\w*|pick\w*|fell\w*|pump\w*
    br(?:ing|ings|ought)|comes? home
    """
GIVING = r"""
    g(?:ive|ives|ave|iven|iving)|donat\w*|receiv\w*|g[eo]ts?|hand(?:s|ed)?|pass(?:es|ed)?|share[sd]?|gift\w*|let
    sen(?:d|ds|t)|transfer\w*|part(?:s|ed)|keeps|kept|contribut\w*|grant\w*|spare[sd]?
    """
FINING = r"punish\w*|fin(?:e|es|ed|ing)|penal\w*|sanction\w*"

COMMONS = Rules(
    rule(
        "quota",
        "a*nn?r*",
        r"""each|every(?:body|one)|apiece|per (?:head|person|round|party)|of us|quota|limit|nobody|no one|cap|all
        at most|more than""",
        r"""propos\w*|promise|suggest|let us|should|shall|how about|agree|what if|limit|quota|cap|offer|i say
        no more|plan|would""",
        denies=True,
    ),
    rule("took", "a*nn?r*t?", r"i|my|me", TAKING, denies=True),
    rule("took", "a*t?r*", r"i|my|me", TAKING, r"nothing|none|no|not|any|last|previous", denies=True),
    rule("reject", "a*p?n?r*", REFUSING, denies=True),
    rule("accept", "a*p?n?r*", ACCEPTING),
)
COMMONS_ACTIONS = Rules(
    rule("punish", "aa", FINING, denies=True),
    rule("harvest", "an?n?r*", TAKING, denies=True),
)
DONOR = Rules(
    rule("gave", "aa?a?a?nn?t?", GIVING, denies=True),
    rule("gave", "aa?a?a?t?", GIVING, r"nothing|none|no|not|any|anything", denies=True),
)
DONOR_ACTIONS = Rules(
    rule("donate", "aaa?n?n?t?", GIVING, denies=True),
)

# Questions. What is said in one is a claim told by another: rules for claims are after all others.

TOP = MATTERS + r"|(?:value|matter|worth|care|prize|want|important|points)\w*"
CHANGE = r"chang\w*|switch\w*|another way|other way|different\w*"
LIE = r"bluff\w*|truth\w*|true|honest\w*|l(?:ie|ies|ied|ying)|sincere|false\w*|means?|meant|serious\w*"
NO_DEAL = r"""
    no (?:deal|agreement)|without (?:a|any) (?:deal|agreement)|walk\w* away|reservation|breaking off|not agreeing
    """
BARGAIN_QUESTIONS = Rules(
    rule("switch", "a+n*t?", CHANGE, r"moves?|when|rounds?|strateg\w*", denies=True),
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
        "a+n?p*t?",
        r"mov(?:e|es|ed)|offers?|behaviou?r|did",
        r"must be|show\w*|reveal\w*|impl(?:y|ies)|infer\w*|conclu\w*|judg\w*|follow\w*|deduc\w*",
        TOP,
        denies=True,
    ),
    rule("valued", "ab?n?t?", TOP, denies=True),
)
COMMONS_QUESTIONS = Rules(
    rule("switch", "a+n*t?", CHANGE, r"moves?|when|rounds?|strateg\w*", denies=True),
    rule("last", "a+r*t?", r"rounds", r"every(?:body|one)|all", r"like|same|way|as @a", denies=True),
    rule(
        "sustain",
        "nr*t?",
        r"""sustain\w*|no less|no fewer|same level|at least|undiminished|shrink\w*
        as (?:much|many)(?: \S+){0,3} (?:as|afterwards|again)""",
        r"most|maximum|largest|greatest|highest",
        denies=True,
    ),
    rule(
        "stock", "nr*t?", r"how (?:much|many|large|big)|what", r"stock|there|left|size|begins?|beginning", denies=True
    ),
    rule(
        "kept", "pr*t?", r"ke(?:ep|eps|pt)|stuck|respect\w*|within|exceed\w*|more than|broke\w*|observ\w*", denies=True
    ),
    rule("bluff", "a+[nrt]*", LIE, denies=True),
    rule("took", "ab?nr*t?", TAKING, denies=True),
)
DONOR_QUESTIONS = Rules(
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
CLAIMS = Rules(
    rule("priority", "a*[ci]o*t?", MATTERS),
    rule("most", "a*c?o", DOWNWARD, denies=True),
    rule("least", "a*c?o", UPWARD, denies=True),
    rule("took", "ann?r*t?", TAKING, denies=True),
    rule("gave", "ann?t?", GIVING, denies=True),
)

# The setting: what everybody is told.

SETTLED = r"""
    there can be no deal any more|nothing can be agreed any more|the negotiation has failed
    an agreement has become impossible
    """
TIME_UP = r"the last round is over|no rounds left|time is up|(?:the )?time runs out"
BARGAIN_MECHANICS = r"""
    turns down whatever its maker has heard|counts as turned down|offer is void|is some talk and then|whoever has a move
    exactly one of them|no unit can be cut|unit by unit|nothing is left over|supports it|is to support it
    having no deal is worth to them|goe?s? by unused
    """
SHARING = r"over|divide|share(?: out)?|split|between|among"
SETTING = Rules(
    rule("ended=agreement", "p", r"agreed|decided|settle[sd]"),
    rule("ended=withdrawn", "", SETTLED, denies=True),
    rule("ended=deadline", "", TIME_UP, denies=True),
    rule("round", "n", r"round # (?:begins|has come)|this is round #|now comes round #"),
    rule("role", "a", r"seller|buyer"),
    rule(
        "passes",
        "an",
        r"""keeps silent in round #|lets round # pass|in round # @a has nothing to say
        round # goes by without a word from @a""",
    ),
    rule("units", "a+i+n+", SHARING),
    rule("points", "a+c*i*n*o*", r"each @i|the @i|@c", r"is worth", r"points?", denies=True),
    rule("options", "a*cn*o+", r"settled?|open|@o|answer"),
    rule(
        "order",
        "a+n?o?",
        r"they take turns|in each round one of them may move|one of them has each round",
        r"from the beginning|then the \S+ again",
    ),
    rule("turns=simultaneous", "", r"all of them may (?:speak|move)", r"in (?:every|each) round", denies=True),
    rule("delays", "n+", r"is heard before the next", r"later", r"round (?:by|to) round"),
    rule("delivery=delayed", "", r"messages may be under way"),
    rule("delivery=instant", "", r"heard before the next|heard by the time the next round begins"),
    rule("deadline", "n", r"the talk ends after # rounds|they have # rounds to|there are # rounds"),
    rule("winning", "", r"consent of (?:both|all)|accepts an offer of the other|one of them accepts from the other"),
    rule("winning", "n", r"accepts an offer of the other|one of them accepts from the other"),
    rule("majority", "n", r"support of at least # of them|any # of them support"),
    rule("winning", "a+", r"support of @a"),
    rule("claims=doubted", "", r"(?:none of them|nobody) believes|believed by nobody", r"say|says", denies=True),
    rule("claims=believed", "", r"believed?", r"of themselves|about themselves"),
    rule("promises=cheap", "o?", r"promised?", r"(?:never|@o) paid|nobody ever has to pay", denies=True),
    rule("promises=binding", "n*", r"promise(?:d|s)?", r"binding|owed", r"last promise", r"support"),
    rule("values=permuted", "n+", r"in some order|the same figures", r"not|private", denies=True),
    rule(
        "values=private",
        "",
        r"nobody knows what things are worth|known to nobody|knows only what things are worth to themselves",
        denies=True,
    ),
    rule("mechanics", "[cno]*", BARGAIN_MECHANICS, denies=True),
    rule("reservation", "an?", r"without a deal|having no deal is worth", r"points?", denies=True),
    rule("patience", "a+n", r"round #", r"would rather leave|then @a walks away|leaves rather than go on"),
    rule("patient", "a", r"(?:patience )?to stay to the end|would stay to the last round", denies=True),
    # To the reader alone.
    rule("meant", "", r"means it|threats are meant", r"unless the reader is told", denies=True),
    rule("unmeant", "a+n", r"not carry out a threat made in round #|in round # , @a does not mean it", denies=True),
    rule(
        "yields",
        "a+n?o*",
        r"threat",
        r"gives in|accepts the offer",
        r"at least no deal|no less than no deal",
        denies=True,
    ),
    rule(
        "aspiration",
        "a+n?t?",
        r"hopes for",
        r"no more than|at most",
        r"unless (?:that|the best) is worth less",
        denies=True,
    ),
    rule("opens", "a+n", r"before round #", r"only talks|nothing but talk", denies=True),
    rule("curt", "a+n?o*", r"repeat an offer", r"refuses", r"except in|unless it is", denies=True),
    rule(
        "boulware", "a+n?o*", r"holds out", r"with the cube of the time gone|by the cube of the time gone", denies=True
    ),
    rule("hard_headed", "a+n?o*t", r"hardly gives way", r"#th power of the time gone", denies=True),
    rule(
        "conceder",
        "a+n?o*",
        r"gives way (?:fast|early|@o)",
        r"the cube of the share of time (?:still )?left",
        denies=True,
    ),
    rule("linear", "a+n?o*", r"gives way evenly", r"in step with the time gone|falls with the time gone", denies=True),
    rule(
        "tit_for_tat",
        "a+n*o*t",
        r"answers in kind|gives way as the others do",
        r"(?:better for|worth to) @a (?:than|beyond) the #th",
        r"(?:not|never|@o) below the worth of no deal",
        r"last round",
        denies=True,
    ),
    rule(
        "fair_split",
        "a+n*o*",
        r"even split|what is even",
        r"smallest differences|most even deal",
        r"evenly",
        denies=True,
    ),
    rule(
        "mechanics",
        "n*o*",
        r"""by a rule|have a target|accept the best of the offers|least to themselves|even the best deal
        within the limits
        time gone runs evenly|target is rounded|leaves at the next move""",
        denies=True,
    ),
)

COMMONS_SETTING = Rules(
    rule("stock", "nnr?", r"round #", r"stock|units"),
    rule("collapse", "n", r"fewer than # units?", r"gone for good|lost for good"),
    rule("left", "n?", r"left|leaves", r"gone|lost|collapses", denies=True),
    rule("ended=completed", "", r"last round|all rounds", r"over|done|played"),
    rule("people", "a+r", r"live off|share a|belongs to"),
    rule("begin", "nr?", r"at the beginning|begins? with"),
    rule("begin", "a+nr", r"share a", r"to begin with"),
    rule("growth", "nn", r"grows by # percent", r"beyond # units|up to # units", denies=True),
    rule("share", "nn?", r"nobody may take more|most that \S+ may take", r"divided by #", denies=True),
    rule("rounds", "n", r"there are # rounds|goes over # rounds"),
    rule("punishment", "nn", r"punish\w*", r"costs? # points?|pays # points?", r"takes # points?|loses # points?"),
    rule("acts=public", "", r"everybody sees|seen by all", r"harvests?"),
    rule("acts=private", "n?", r"nobody sees|seen by nobody", r"stock", r"harvests?", denies=True),
    rule("claims=doubted", "", r"nobody believes|believed by none", r"harvests", denies=True),
    rule("claims=believed", "", r"believed?", r"harvests"),
    rule("mechanics", "n?t?", r"is (?:a|worth a) point|a limit|propose a limit|first they may talk|#th they may talk"),
    # To the reader alone.
    rule("punishes", "a+", r"punishe[sd]", r"more than a fair share"),
    rule("leads", "an?", r"would propose a limit|is ready to propose a limit"),
    rule("honest", "a+n?", r"truthfully|the true (?:one|#)"),
    rule(
        "low",
        "a+",
        r"only the fair share|never reports a harvest above a fair share",
        r"accepts any limit",
        denies=True,
    ),
    rule("reciprocal", "a+n*", r"fair share", r"(?:on|the) average", r"round before"),
    rule("sustainable", "a+n*", r"sustainable harvest", r"divided by #|an equal part", denies=True),
    rule("quota", "a+n*", r"(?:takes a|harvests the) fair share", r"allowed", denies=True),
    rule("greedy", "a+n*", r"takes all that is allowed|always harvests as much as \S+ may"),
    rule(
        "mechanics",
        "n*",
        r"the sustainable harvest is the greatest total|a fair share is the limit agreed",
        denies=True,
    ),
)

DONOR_SETTING = Rules(
    rule("heir", "aa+", r"newcomer|joins?|comes in", r"way|how to give"),
    rule("generation", "a*[nt]", r"generation #|#th generation", r"ends|over|that was|after|there are"),
    rule("stay", "a+", r"those who stay are"),
    rule("leave", "a+", r"farewell|goodbye|drops? out|must go|ha(?:s|ve) to go|game is over"),
    rule("over", "", r"last meeting|no more meetings|all meetings", r"over|done|follow", denies=True),
    rule("present", "a+", r"to begin with|from the start"),
    rule("people", "a+n?", r"play a game|game of giving|meet again and again"),
    rule("endowment", "n", r"generation", r"begins? each|each of those|at the beginning", r"# units"),
    rule("multiplier", "n", r"gift|gives", r"# times"),
    rule("acts=public", "", r"seen by everybody|all who are present see"),
    rule("acts=private", "n?", r"only the (?:two|#) who meet see|seen by giver and receiver alone"),
    rule("claims=doubted", "", r"nobody believes|believed by nobody", r"told|said", denies=True),
    rule("claims=believed", "", r"believe[sd]", r"told|said", denies=True),
    rule(
        "mechanics",
        "n*t*",
        r"the half of those present who have most|the richer half|have as much , the|knows of another",
        denies=True,
    ),
    # To the reader alone.
    rule("gossip_honest", "a+", r"honest about what others gave|says what @a knows"),
    rule("gossip_spiteful", "a+", r"they gave nothing", r"speaks of others|talks others down", denies=True),
    rule(
        "discriminating", "a+n", r"half of what @a has , rounded down", r"fewer than # units?", r"nothing", denies=True
    ),
    rule(
        "giving_reciprocal",
        "a+",
        r"matches|gives what the other",
        r"quarter of what @a has , rounded down",
        denies=True,
    ),
    rule("free_rider", "a", r"gives nothing to anybody|never gives anything", denies=True),
    rule("generous", "a+", r"gives (?:away half|half of what @a has) , rounded down"),
)
