"""Words and phrases by which the check `form` knows a text that is not English, or is not part of a story.

Phrases are compared with words in small letters, contractions written out and marks left out, one regular expression a
line. To have another phrase refused, add a line, and a good utterance that comes near it to the tests.
"""

# Whoever speaks English needs some of these, and whoever speaks another language some of those.
ENGLISH = """
    a about after again ain all almost already also always am an and another any anybody anyone anything are aren
    around as at away back be because been before being between both but by bye called can cannot could couldn day
    days did didn do does doesn doing don done down each eight either eleven else enough even ever every everybody
    everyone everything far few first five for four from get gets getting go goes going gone good goodbye got had
    hadn half has hasn have haven having he hello her here hers hey hi him his hour how hundred i if in inside
    into is isn it its just keep know last least let like listen little long look made make many may me mean might
    mine more most much must my myself neither never new next nine no nobody none nor not nothing now number of
    off oh okay old on once one only oops or other others our ours out outside over own past people please put
    quarter quite rather really right said same say says see seven shall she should shouldn since six so some
    somebody someone something somewhere soon sorry still such sure take tell ten than thank thanks that the their
    theirs them then there these they thing things think thirty this those though three through time to today
    together told tomorrow tonight too towards twelve twenty two under until up upon us very want was wasn way we
    welcome well went were weren what when where whether which while who whole whom whose why will with within
    without won word would wouldn yes yesterday yet you your yours
    """
FOREIGN = """
    aber al ale att au auch auf aux av avec bei bir bu c'est ce ces cette che chi con cuándo czy cómo d'un d'une
    da dans dari das dat de degli dei dein del della dello dem dengan der des det değil di dit donde dos
    dove dónde een ein eine einem einen einer el ela ele ella elle elles em er es est esta estaba este esto está
    están et ett eu för für gdzie gli hay het hij ich ihr ik ikke il ils im ini inte io ist itu için j'ai ja jag jak
    je jeg jest jij kamu ke kein keine las le lei les lo los maar mais mas med mein meu minha mit mon muito muy
    más n'est na naar nas ne nein nel nella nelle nerede nicht nie niet noch noi non nos nosotros nous não och oder
    og onde ook os ou oui où para pas perché pero più por porque på qu'il que quem questa questo qui quién qué saya
    se sehr si sie sind się som sono sont su sus são sí te tidak til très tu tú um uma un una unas und une uno unos
    untuk ustedes ve você voi von voor vous waar wenn wer wie wij wir wo yang zij zijn zum zur är ça çok è él
    était że
    """

# What a model says instead of taking part.
REFUSALS = """
    (cannot|unable to|not able to|not going to|will not) (assist|comply|fulfill?|generate|engage (in|with)|respond)
    (cannot|unable to|not able to|not going to) (provide|create|produce|write) (that|this|such|you|any)
    (cannot|unable to|not able to|not going to) (complete|continue) (that|this|such|with)
    (cannot|unable to|not able to) help ((you|him|her|them) )?(with|there)
    (cannot|will not) do (that|this) (for you|because|as an)
    <sorry> (do (that|this)|help|assist|say (that|this)|go along|take part|answer|share|discuss)
    (my apologies|apologi[sz]e) (but|for (the|any)) (i|confusion|inconvenience|misunderstanding|earlier)
    (i|must|have to|i will) (respectfully )?decline (to|this|that request|your|the request)
    respectfully (decline|refuse)
    would be inappropriate
    (is|be) (not appropriate|inappropriate) (to|for me)
    against (my|the|our) (guidelines|polic(y|ies)|programming|principles)
    (content|usage|safety) (policy|policies|guidelines)
    not comfortable (with )?(saying|providing|discussing|continuing|sharing|this|that)
    (this|that|your) request
    do not have (enough|sufficient|any) (information|context|details) (to|about|on)
    do not have access to (that|this|any|the|real) (information|context|data|time)
    do not have personal (opinions|feelings|preferences|experiences)
    not (something|anything) (that )?i (can|could|am able to|am allowed to) (help|assist|say|do|answer|share|discuss)
    beyond my (capabilities|abilities|scope)
    """

# What is said of the task, of the text or to whoever asked for it.
TASK = """
    as an? (ai|artificial|assistant|chatbot|large language|language model)
    am (just |only )?an? (ai|chatbot|artificial|language model|virtual|computer program)
    (an|the) ai (assistant|model|system)
    language model|(virtual|digital|ai) assistant
    let me know if you (need|want|would like) (another|a different|any|anything|more|me to)
    without (naming|mentioning|revealing|using) (any|the|other|others|anybody|names)
    chatgpt|openai|anthropic|alibaba cloud|deepseek
    training data|knowledge cutoff|trained to assist|programmed to
    (in|of|for|to|from|on|given) (the|this|our|your|that|a) (given |hypothetical )?(scenario|narrative|storyline)
    (in|of|for|to|from|on|given) (the|this|our|your|that) (plot|simulation|role ?play)
    in (the|this|our) (story|dialogue)
    (the|this|our) story (begins|continues|world|so far|says|takes place|is set|unfolds)
    (the|this|your|another|my) characters? (named|called|says?|would|is|are|speaking|does|has|should|who|must|knows?|at)
    (fictional|imaginary|main|non player) characters?
    (stay|staying|speak|speaking|speaks|break|breaking|remain|out) (in|of) character
    (role ?play(ing|s)?|fictional|utterances?|placeholder|lorem ipsum|json|markdown|yaml|html)
    (the|a) (narrator|user|addressee|hearer)s?
    (here is|here are|below is|this is) <some> <kind of>(sentence|utterance|line|response|paraphrase|version)
    (here is|here are|below is|this is) <some> <kind of>(rewrite|rephrasing|dialogue|output|text|narration|translation)
    (here is|here are|below is|this is) <some> <kind of>(reply|turn|rendition|statement|way to (say|put|phrase|express))
    here is (how|what) (i|he|she|they|it|we|one) (would|could|might|can) (say|be said|put|phrase|sound)
    (sure|certainly|of course|absolutely|gladly|no problem) (thing )?here (is|are|you go)
    (sure|certainly|of course|absolutely|gladly) i (can|will|would be happy to) (help|do that|write|rephrase|provide)
    (rephras|paraphras)(e|es|ed|ing)|reworded|rewritten|reformulated?|verbali[sz]ed?
    (first|second|third) person (singular|perspective|narration|view|point|voice)
    in the (first|second|third) person
    (in|with|using|write|give|output|exactly) (one|a single|exactly one) <kind of>sentences?
    in (my|your|his|her|their) own words
    (your|these|following|above|given|system|provided) (instructions?|prompts?|guidelines)
    (the|this) (system )?prompt
    (the )?instructions (say|state|above|below|given|were|are|ask)
    (your|the|my) (task|goal|objective) is to
    (respond|reply|answer) (only )?(with|in|as) (only|one|exactly|plain|the sentence|a (single|short))
    (output|return|print|write) (only|nothing but) (the|one|a|your)
    (do not|must not|should not|avoid) (include|output|use|using|repeat|add) (any|other|quotation|quotes|names|extra)
    you are (playing|to play|acting as|asked to)
    you are an? (helpful|narrator|character|participant|assistant|ai|writer)
    (playing|play|plays|take|taking) the (role|part) of
    (based on|according to|given|as per) (the|this|your) (context|scenario|prompt|instructions?|provided|story|setting)
    (based on|according to|given) (the|this|your) (information|text|details) (given|provided|above)
    (previous|above|earlier|preceding) (turns?|utterances?|sentences?|prompt|instructions?)
    (conversation|dialogue) (so far|history|above)
    (word|token|character) (count|limit)
    chain of thought|thinking process|reasoning process|speech act|query ref|performative
    how (can|may) i (assist|help you today)
    (anything|something) else (i can|you would like me to) (help|assist)
    (the|my) (final|actual) (sentence|line|response|utterance|output)
    (message|speech|sentence|statement|remark|announcement) (would|could|should) be
    end of (turn|dialogue|scene|message|response|line)
    """
PARTS = {
    "some": "(?:(?:the|a|an|one|my|your|some|another|possible) )*",
    "kind of": "(?:(?:short|single|possible|revised|natural|plain|spoken|requested|new|simple|complete|rewritten) )*",
    "sorry": "(?:sorry|afraid|apologi[sz]e) (?:but )?(?:that )?i (?:cannot|am unable to|am not able to|will not) ",
}

# What stands before a colon in a transcript and is no person's name.
LABELS = """
    narrator|narration|speaker|user|assistant|human|ai|system|character|player|person|agent|scene|setting|action|response
    output|sentence|line|dialogue|reply|utterance|text|thought|thinking|translation|paraphrase|version|question|option
    example|turn|final|final answer|answer|result|title|my (line|reply|response|turn|sentence)
    (option|version|scene|example|turn|step) [0-9]+
    me|you|him|her|he|she|they|man|woman|boy|girl
    """

# What only a narrator says of somebody's face and voice.
GESTURES = """
    replies|replied|responds|responded|exclaims|exclaimed|nods|nodded|shrugs|shrugged|sighs|sighed|grins|grinned|frowns
    frowned|chuckles|chuckled|gasps|gasped|mutters|muttered|murmurs|murmured|giggles|giggled|winks|winked|blushes
    blushed|chimes in|interrupts|answers|answered|asks|says|smiles|smiled|laughs|laughed|gestures|yawns|whispers
    whispered|(shakes|scratches|raises|lowers|tilts|bows|turns) (his|her|their)|looks (up|down|around|away)
    """

# How a stage direction begins.
DIRECTIONS = """
    sighs|nods|smiles|laughs|shrugs|grins|whispers|chuckles|giggles|gasps|mutters|winks|frowns|pauses|yawns
    (sighing|smiling|nodding|whispering|grinning|chuckling|pausing|narrating|shrugging|giggling)
    (takes|taking) a (deep |long )?breath
    (clears|clearing) (his|her|their|my)? ?throat
    (scratches|shakes|tilts|bows|raises|lowers) (his|her|their|a) [a-z]+
    (walks|steps|strolls|hurries|goes|runs|heads|slips|wanders) (in|into|out|off|away|over|back|through|from|to|towards)
    (leans|glances|turns|points|looks|waves|gestures|stares|gazes) (in|at|to|towards|around|up|down|over|back|away|into)
    (enters|exits|leaves) (the|through|from|stage|quietly)
    (puts|places|moves|takes|picks|opens) (the|a|an|his|her|up|down)
    voice ?over|aside|beat|pause|offstage|fade (in|out)|exeunt
    """
