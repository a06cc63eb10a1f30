"""What sentences mean: one line a form, in the reader's own words, sharing nothing with any generator.

A form is compared with a sentence in small letters, without articles and adverbials, and with names replaced by slots
(`@a` for an agent, and so on). In a form `[..]` is optional, `{..}` can be repeated or left out, `(a | b)` is a choice,
`<claim>` stands for any line of `PARTS`, and `<agent>` for a role: the names found there fill it. A heading is what a
sentence of its forms says. To teach the reader a new sentence, add a line.
"""

# What fills a role: slots @a agent, @p place, @c container, @o object, @x value, @v variable. Who speaks is "I".
ROLES = {
    "agent": "@a | i",
    "speaker": "@a | i",
    "hearer": "@a",
    "asked": "@a",
    "view": "@a",
    "people": "<agents>",
    "hearers": "<agents>",
    "place": "@p",
    "container": "@c",
    "containers": "@c {, @c} [[,] and @c]",
    "from": "@c",
    "to": "@c",
    "thing": "@o | @x",
    "things": "<content> {, <content>} [[,] and <content>]",
    "old": "@o | @x",
    "new": "@o | @x",
    "variable": "@v",
    "value": "@x | @o | @p | @c | @a",
    "matters": "<matter> {or <matter>} {, <matter>}",
    "chain": "@a <thinks> [that] {@a <thinks> [that]}",
    "not": "not",
    "ordinal": "first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth",
}

# How and when, said in passing: dropped wherever they stand, with the commas around them. `open` and `secret` are kept
# as marks of the sentence, because they tell a look from a peek.
ADVERBIALS = {
    "": """
        now | a moment later | for a moment | then | from now on | from here on | any more | anymore | curious
        openly or in secret | at all | in fact | really | just
        """,
    "open": "quite openly | openly | in front of everybody | for everybody to see",
    "secret": """
        unnoticed by all others | in an unobserved moment | without being noticed | secretly | in secret | unnoticed
        unseen
        """,
}

# The same for the setting of the scene, where they say "before anything happens", as its place in the story does.
OPENINGS = """
    at first | to begin with | in the beginning | at the start | at the outset | as the story starts | from the start
    when the story begins | as things stand
    """

PARTS = {
    "agents": "@a {, @a} [[,] and @a]",
    "content": "@o | @x",
    "moves": """
        moves | shifts | transfers | carries | takes | gets | removes | lifts | pulls | clears
        am (moving | taking | carrying)
        """,
    "puts": "puts | places | stows | drops | lays | tucks | packs | putting | placing",
    "goes": "walks | comes | goes | hurries | strolls | steps | wanders | heads",
    "going": "walking | coming | going | hurrying | stepping",
    "finds": "finds | sees | discovers",
    "thinks": "think | thinks | believe | believes",
    "out of": "from | out of",
    "into": "in | into | inside | to | over to",
    "holds": "holds | contains",
    "watches": "starts to watch | begins to watch | starts watching | begins watching | watches",
    "everyone": "everybody [who] | all [those] [who] | those [who]",
    "attentive in": "paying attention in | pay attention in | pays attention in",
    "everyone there": "<everyone> <attentive in> <place>",
    "seen": """
        <claim>
        <thing> is in none of the containers there
        """,
    "claim": """
        <thing> (is | are) [<not>] (in | inside) <container>
        <thing> (lies | lie) in <container>
        <thing> (does | do) <not> lie in <container>
        <thing> can [<not>] be found in <container>
        <container> <holds> <thing>
        <container> does <not> (hold | contain) <thing>
        what <container> <holds> is [<not>] <thing>
        what is in <container> is [<not>] <thing>
        there (is | are) [<not>] <thing> in <container>
        <variable> is [<not>] <value>
        """,
    "matter": """
        where <thing> is
        what is in <container>
        what <container> <holds>
        <variable>
        """,
    "it is known that": "it is common knowledge that | everybody is aware that | it is no secret that",
    "that is known": """
        everybody is aware of that
        which everybody is aware of
        as everybody is aware
        that is (common knowledge | no secret)
        """,
    "only knows": """
        [of all people] only <people> (knows | know) <matter>
        <people> and nobody else (knows | know) <matter>
        <people> (knows | know) <matter> and nobody else does
        """,
    "never believes": """
        <hearer> never believes [anything [that]] <speaker> [says]
        <hearer> believes nothing [that] <speaker> says
        <hearer> has stopped believing anything [that] <speaker> says
        <hearer> takes nothing on word of <speaker>
        nothing [that] <speaker> says is ever believed by <hearer>
        whatever <speaker> says , <hearer> never believes it
        """,
    "aside": "beyond that , | apart from that , | otherwise | with that exception ,",
}

SETTING = {
    "people": """
        meet <people>
        this story tells of <people>
        this is a story about <people>
        the cast of this story : <people>
        in this story you will meet <people>
        <people> appear in this story
        the people in this story are <people>
        here is what happened to <people>
        """,
    "outside": """
        (everybody | all of them) (is | are) outside
        (everybody | all of them) (start | starts) outside
        """,
    "room": """
        there is a room called <place>
        one of the rooms is <place>
        people can also be in <place>
        one place to meet is <place>
        <place> is a room of its own
        <place> is open to everybody
        some of this may happen in <place>
        """,
    "furniture": """
        <place> has <containers> in it
        <place> (comes with | is furnished with) <containers>
        in <place> (one finds | you see) <containers>
        (anybody | one) can see <containers> in <place>
        somebody has put <containers> in <place>
        """,
    "at first": """
        <claim>
        <container> is where <thing> is
        what <container> <holds> : <thing>
        inside , <container> <holds> <thing>
        """,
    "nobody knows": "nobody (knows | has learned) <matters>",
    "only knows": """
        <it is known that> <only knows>
        <only knows> [, | ;] [and] <that is known>
        """,
    "label": """
        everybody assumes from the label that <claim> , and knows that the others assume it too
        going by its label , everybody takes it for granted that <claim>
        because of its label , everybody believes that <claim>
        as its label has it , everybody takes it that <claim>
        the label on <container> says <thing> , so everybody takes it for granted that <claim>
        everybody can read <thing> on the label of <container> and therefore believes that <claim>
        what the label of <container> says is <thing> , and everybody assumes that <claim>
        <container> is labelled <thing> ; everybody believes that <claim>
        """,
    "distrust": """
        <it is known that> <never believes>
        <never believes> [, | ;] [and] <that is known>
        as everybody is aware , <never believes>
        """,
}

# Conventions (a value of one of the episode's enums) and rules of every story. Such a sentence is known word by word.
RULES = {
    "entering=reveals": """
        one glance shows where things are in a room : a newcomer has it on coming in , the others paying attention \
        there have it with the newcomer , and a watcher has it on beginning to watch
        coming into a room , or beginning to watch it , is enough to see which thing is in which container there ; \
        those already paying attention in the room see it at that moment as well
        where things are in a room is plain to see for everybody paying attention there at the moment somebody comes \
        in , the newcomer included , and also for somebody who begins to watch it from outside
        whenever somebody comes into a room , everybody paying attention there , the newcomer included , sees which \
        things are in which of its containers ; somebody who begins to watch the room from outside sees it too
        """,
    "entering=hides": """
        where things are in a room stays hidden from somebody who merely comes in or begins to watch
        nobody learns where things are merely by coming into a room or beginning to watch it
        coming into a room , or beginning to watch it , shows nobody where things are in it
        to come into a room , or to begin to watch it , is too little to learn where things are in it
        """,
    "leaving=witnessed": """
        when somebody leaves a room , everybody paying attention there notices
        leaving a room is noticed by everybody who pays attention there
        everybody who pays attention in a room notices when somebody leaves it
        people paying attention in a room notice who leaves it
        """,
    "leaving=unnoticed": """
        nobody in a room notices when somebody else leaves it
        leaving a room goes unnoticed by the others in it
        when somebody leaves a room , nobody else in the room notices
        people slip out of rooms without any of those inside noticing
        """,
    "peeking=secret": """
        when somebody peeks into a container , nobody else notices
        peeks into a container go unnoticed by everybody else
        nobody else ever notices a peek into a container
        a peek into a container is a secret of the one who peeks
        """,
    "peeking=noticed": """
        whoever peeks into a container is noticed by <those who see a look>
        when somebody peeks into a container , <others see a look> the one who peeked <knows after a look>
        a peek into a container is noticed by <they see a look>
        others paying attention in the room notice a peek into a container <but see nothing>
        """,
    "telling=trusted": """
        [<aside>] [it is common knowledge that] people believe what they are told [, and everybody is aware of that]
        [<aside>] everybody believes what they are told , and everybody is aware of that
        [<aside>] hearers believe speakers , and everybody is aware of that
        what people are told they believe , and everybody is aware of that
        """,
    "telling=ignored": """
        what people are told they never believe , and everybody is aware of that
        hearers never believe speakers , and everybody is aware of that
        nobody believes anything they are told , and everybody is aware of that
        it is common knowledge that people believe nothing of what they are told
        """,
    "telling=later_exit": """
        people believe only those who have last left a room later than they themselves last left one ; whoever has \
        left no room so far neither believes others nor is believed
        trust follows the exits : a hearer trusts a speaker if both have left a room and the speaker's most recent \
        exit is the later one , and in no other case
        to be believed , a speaker must have left a room after the hearer last left one ; both must have left a room \
        before , or there is no belief
        a hearer believes a speaker only if the speaker's last exit from a room came after the hearer's last exit \
        from a room ; somebody who has left no room so far believes nobody and is believed by nobody
        """,
    "sincerity=sincere": """
        whoever believes what is said supposes that the speaker believes it too
        to believe what is said is also to suppose that the one who says it believes it
        a hearer who is convinced also supposes that the speaker meant it honestly
        hearers who believe a statement suppose that the speaker believes it too
        """,
    "sincerity=neutral": """
        what speakers themselves believe is left open by what they say
        hearers draw no conclusion about whether the speaker believes what is said
        hearing a statement tells nobody whether the speaker believes it
        nobody concludes from a statement that the speaker believes it
        """,
    "rule=roster": """
        those paying attention in a room notice one another and what is openly done there ; people elsewhere notice \
        nothing of it and suppose that nothing has happened there
        everybody paying attention in a room notices who is there and what is openly done ; others notice nothing of \
        it and suppose that nothing happened
        people who pay attention in a room notice each other and everything openly done there , while people \
        elsewhere notice nothing and take it that nothing happened
        what is openly done in a room is noticed , together , by those who pay attention there ; all others notice \
        nothing of it and take it that nothing happened
        """,
    "rule=revision": """
        everybody goes on believing what they last saw , or were told and believed , until they learn otherwise
        the latest thing somebody saw , or heard and believed , replaces what they believed before and stays until \
        they learn otherwise
        people hold on to what they last saw , or last heard and believed , until something else they see or believe \
        takes its place
        what people last saw , or were told and believed , they take to be so until they see or believe something else
        """,
    "rule=unsettled": """
        people who learn merely that what they believed is not the case have no settled belief about it until they \
        learn what is
        to find only that one was mistaken leaves one with no settled belief about the matter until one learns more
        somebody who finds that things are not as they believed , without learning how they are , has no settled \
        belief about that until they learn more
        whoever learns that what they believed is not so , but not what is so instead , has no settled belief about \
        it from then on
        """,
    "rule=looking": """
        others paying attention in the room notice an open look into a container <but see nothing>
        an open look into a container is noticed by <they see a look>
        when somebody openly looks into a container , <others see a look> the one who looked <knows after a look>
        whoever looks into a container openly is noticed by <those who see a look>
        """,
    "rule=watching": """
        nobody ever notices a watcher outside , who sees what is done in the room but hears nothing
        a watcher outside sees what people do in the room , hears none of their words , and is noticed by nobody
        watching a room from outside means seeing what is done there , hearing nothing , and being noticed by nobody
        somebody who watches a room from outside sees what is done there , hears nothing that is said , and is \
        noticed by nobody
        """,
    "rule=outside": """
        whatever people do outside all rooms goes unnoticed by the others
        outside the rooms , people do things without anybody else noticing
        nobody else notices what somebody does outside all rooms
        what somebody does outside all rooms is noticed by nobody else
        """,
    "rule=closed": """
        only looking inside , or being shown , tells what a labelled container holds
        labelled containers are closed : what they hold shows only when somebody looks inside , changes it or shows it
        the inside of a labelled container is hidden from all who do not look into it and are not shown it
        what a labelled container holds stays hidden until somebody looks inside , changes it or shows it
        """,
    "rule=trust is known": "everybody is aware of who (believes | trusts) whom",
}
PARTS |= {
    "those who see a look": """
        the others paying attention in the room , who see nothing of the inside and suppose that it is now known to \
        the one who looked , and is whatever they themselves believe to be there
        """,
    "they see a look": """
        the others paying attention in the room ; they see nothing of the inside , and suppose that the one who \
        looked now knows it and found whatever they themselves believe to be there
        """,
    "others see a look": """
        the others paying attention in the room notice that , not what is inside ; they suppose that
        """,
    "knows after a look": "now knows what is inside , namely whatever they themselves take to be there",
    "but see nothing": """
        but see nothing of what is in it ; they suppose that the other now knows , and found whatever they themselves \
        believe to be there
        """,
}

EVENTS = {
    "enter": """
        <agent> (<goes> into | enters | arrives in | turns up in | makes an entrance in) <place>
        <agent> opens the door and enters <place>
        into <place> <goes> <agent>
        [make way , | hello ,] i am (<going> into | entering) <place>
        here i am , entering <place>
        """,
    "leave": """
        <agent> (<goes> out of | leaves | departs from | exits) <place>
        <agent> opens the door and leaves <place>
        out of <place> <goes> <agent>
        [excuse me , | time for me to go ,] i am (<going> out of | leaving) <place>
        i am off , out of <place>
        """,
    "move": """
        <agent> <moves> <thing> <out of> <from> [and] <into> <to> [and <puts> it inside]
        <agent> <moves> <thing> <out of> <from> and <puts> it <into> <to>
        <out of> <from> <agent> <moves> <thing> , and into <to> it goes
        <out of> <from> , <agent> <moves> <thing> <into> <to>
        let me move <thing> <out of> <from> <into> <to> [, like this]
        there , <thing> goes <out of> <from> <into> <to>
        """,
    "swap": """
        <agent> <moves> <old> <out of> <container> and <puts> <new> (in | inside | into it)
        out of <container> <agent> <moves> <old> , and in goes <new>
        <agent> opens <container> , <moves> <old> out and <puts> <new> in
        <agent> empties <container> of <old> and fills it with <new>
        <agent> (swaps | exchanges | am swapping) <old> in <container> for <new>
        <agent> replaces <old> in <container> with <new>
        in <container> , <agent> replaces <old> with <new>
        <agent> swaps what is in <container> : <old> out , <new> in
        there , out of <container> with <old> , and in with <new>
        let me replace <old> in <container> with <new> [, like this]
        """,
    "alter": """
        <agent> makes a [new] (decision | change) : <variable> is <value>
        <agent> settles it anew : <variable> is <value>
        <agent> (switches | changes | am switching | am changing) <variable> to <value>
        <agent> hereby decide that <variable> is <value>
        my decision has changed : <variable> is <value>
        <agent> alters <variable> , which is <value>
        <agent> (sees to it | arranges | decides | rearranges things so) that <variable> is <value>
        a change made by <agent> : <variable> is <value>
        by a decision of <agent> , <variable> is <value>
        """,
    "reveal": """
        <everyone there> (notice | notices | can see | get to see | gets to see) that <claim>
        <everyone there> (get to see | gets to see) in writing that <claim>
        <everyone there> notice a sign which shows that <claim>
        in <place> it is plain to see that <claim>
        in <place> a placard is put up , and all who pay attention there see that <claim>
        on a screen in <place> everybody paying attention there can read that <claim>
        a notice on the wall shows <everyone there> that <claim>
        a list pinned up in <place> shows to all who pay attention there that <claim>
        it becomes plain to <everyone there> that <claim>
        for <everyone there> it is in plain sight that <claim>
        for <everyone there> , <thing> in <container> is in plain sight
        a glance at <container> shows <everyone there> that (it <holds> <thing> | <thing> is inside)
        all eyes in <place> are on [the open] <container> , (where <thing> can be seen | which <holds> <thing>)
        <container> comes open , and <thing> in it can be seen all over <place>
        <container> tips a little , and <thing> in it can be seen all over <place>
        <comes open> , and <everyone there> can see (<thing> (in it | inside) | that it <holds> <thing>)
        """,
    "look": """
        <agent> looks (into | inside) <container>
        <agent> takes a [open] look (into | inside) <container>
        <agent> (goes up to | bends over) <container> and looks inside
        <agent> opens <container> and takes an open look inside
        <agent> inspects the inside of <container>
        <agent> checks what is in <container>
        """,
    "peek": """
        <agent> [leans over and | bends down and | lifts the cover a little and] (peeks | peeps) into <container>
        <agent> (takes | has | sneaks) a [secret] peek into <container>
        """,
    "found": """
        <agent> <finds> <things> in <container> [,] [and] (nothing else | that is all)
        (in | inside) <container> , <agent> <finds> <things> [,] and nothing else
        what <agent> sees in <container> : <things> , nothing else
        <agent> <finds> nothing but <things> in <container>
        there is nothing in <container> for <agent> to see but <things>
        """,
    "found nothing": """
        <agent> <finds> nothing in <container>
        (in | inside) <container> , <agent> <finds> nothing
        what <agent> sees in <container> : nothing
        there is nothing in <container> for <agent> to see
        <agent> finds <container> empty
        <agent> <finds> that <container> is empty
        """,
    "in sight": """
        <everyone there> (see | sees | can see) that <seen>
        in <place> , <everyone> paying attention sees that <seen>
        looking round <place> , <everyone> paying attention see that <seen>
        to <everyone there> , it is in plain sight that <seen>
        it is plain to see in <place> that <seen>
        a (look | glance) round <place> (shows | tells <everyone> paying attention there) that <seen>
        one look round <place> shows that <seen>
        """,
    "watcher sees": """
        nobody notices how <agent> sees , looking into <place> , that <seen>
        what <agent> sees of <place> is that <seen>
        (watching | looking into | looking in on) <place> , <agent> (sees | can tell) that <seen>
        <agent> sees that <seen> when looking into <place>
        one look into <place> shows <agent> that <seen>
        from the hiding place outside <place> , <agent> can see that <seen>
        """,
    "watch": """
        [behind a window outside ,] [from a hiding place outside ,] [from outside ,] <agent> <watches> <place> [from \
        outside]
        <agent> takes up a [secret] post outside and <watches> <place>
        <agent> hides outside and <watches> <place>
        """,
    "unwatch": """
        <agent> [has seen enough and] stops watching <place> [from outside]
        <agent> gives up watching <place>
        <agent> ends the secret watch over <place>
        <agent> [quits the hiding place and | turns away and] watches <place> no longer
        """,
    "distract": """
        <agent> stays in <place> but is lost in a daydream and notices nothing
        <agent> puts on headphones in <place> with closed eyes and notices nothing
        lost in thought , <agent> stays in <place> and notices nothing
        in <place> , <agent> is absorbed in a text message and stops paying attention
        <agent> dozes off in <place> and notices nothing there
        <agent> remains in <place> but stops paying attention
        <agent> becomes distracted in <place> and notices nothing of what goes on there
        still in <place> , <agent> gets a phone call and notices nothing there
        """,
    "attend": """
        in <place> , <agent> is attentive again
        in <place> , <agent> returns to paying attention
        [back from distraction ,] <agent> [again] pays attention [again] in <place>
        <agent> [again] pays attention to what goes on in <place>
        <agent> looks up and again notices what goes on in <place>
        <agent> is no longer distracted in <place>
        <agent> starts paying attention in <place> again
        """,
    "tell room": """
        i can tell all of you in <place> that <claim>
        i want everybody in <place> to hear that <claim>
        let me tell everybody here in <place> that <claim>
        people in <place> , let me tell you that <claim>
        you should all know , here in <place> , that <claim>
        everybody here in <place> , listen : <claim>
        listen , all of you in <place> : <claim>
        here in <place> i say it to everybody : <claim>
        to all who are listening in <place> : <claim>
        all of you here in <place> should hear this : <claim>
        a word to everybody in <place> : <claim>
        since we are all here in <place> : <claim>
        """,
    "tell everyone": """
        i announce to everybody , wherever they are , that <claim>
        i am telling all of you , in every room and outside , that <claim>
        let everybody everywhere hear that <claim>
        (all of you | everybody) , wherever you are , [please] hear (me | this) : <claim>
        to each and every one of you , wherever you are : <claim>
        (an announcement | a call | news) (to | for) everybody [everywhere] [,] [wherever you are | inside and \
        outside] : <claim>
        here is a message for all of us , wherever we are : <claim>
        this message goes to everybody , inside and outside : <claim>
        over the loudspeaker , to everybody everywhere : <claim>
        """,
    "tell private": """
        come closer , <hearers> . i can tell you that <claim>
        (a word in private | for you | for your ears only | keep this to yourself | psst | in confidence) , <hearers> \
        (: | ,) <claim>
        <hearers> , let me whisper something to you : <claim>
        <hearers> , i tell you this in private : <claim>
        <hearers> , nobody else should hear this : <claim>
        <hearers> , this stays between us : <claim>
        <hearers> , between you and me : <claim>
        """,
    "ask": """
        how about <variable> , <hearer>
        what can you say about <variable> , <hearer>
        (may | could) i ask you about <variable> , <hearer>
        <hearer> , what do you say about <variable>
        <hearer> , i would like to hear from you about <variable>
        <hearer> , let us talk about <variable>
        <hearer> , please say something about <variable>
        let us hear it from you , <hearer> : <variable>
        """,
}
PARTS["comes open"] = """
    <container> (comes open | stands open | tips over | is in full view)
    a gust of wind opens <container>
    """

# How a question names an event that has been told.
MENTIONS = {
    "enter": "<agent> enters <place> [<nth>]",
    "leave": "<agent> leaves <place> [<nth>]",
    "move": "<agent> moves <thing> to <to> [<nth>]",
    "swap": "<agent> puts <new> into <container> [<nth>]",
    "alter": "<agent> decides that <variable> is <value> [<nth>]",
    "reveal": "<everyone there> is shown <matter> [<nth>]",
    "look": "<agent> looks into <container> [<nth>]",
    "peek": "<agent> peeks into <container> [<nth>]",
    "watch": "<agent> <watches> <place> [from outside] [<nth>]",
    "unwatch": "<agent> stops watching <place> [<nth>]",
    "distract": "<agent> stops paying attention in <place> [<nth>]",
    "attend": "<agent> (pays | starts paying) attention again in <place> [<nth>]",
    "tell room": "<agent> tells everybody in <place> [<nth>] that <claim>",
    "tell everyone": "<agent> tells everybody everywhere [<nth>] that <claim>",
    "tell private": "<agent> tells <hearers> [<nth>] in private [<nth>] that <claim>",
}
PARTS["nth"] = "for the <ordinal> time"

# When a question asks about.
TIMES = {
    "end": """
        in the end
        at the end of the story
        after all of this
        when all this has happened
        """,
    "start": """
        before anything happens
        at (the very beginning | the start of the story) , before anything happens
        """,
    "before": "[at the moment | immediately | right] before",
    "after": "[at the moment] [immediately | right] after",
}

QUESTIONS = {
    "value": """
        where is <thing>
        what is <thing> in
        in which container is <thing>
        what is in <container>
        what does <container> (hold | contain)
        what is <variable>
        where does <chain> <thing> is
        what does <chain> is in <container>
        what does <chain> <variable> is
        """,
    "search": """
        where will <asked> (look | search | go to look | look first) for (<thing> | <variable>)
        where does <chain> <asked> will (look | search | go to look | look first) for (<thing> | <variable>)
        """,
    "knows": """
        does <asked> know <matter>
        is <asked> one of those who know <matter>
        does <chain> <asked> knows <matter>
        """,
    "knowers": """
        who [of all the people] knows <matter>
        which people know <matter>
        """,
    "saw": """
        does <asked> notice it when <event>
        is it noticed by <asked> when <event>
        does <asked> take notice [,] when <event>
        when <event> , does <asked> notice it
        """,
    "lie": """
        when <event> , what (kind of statement is that | best describes this statement)
        how is the statement to be described when <event>
        what sort of statement is it when <event>
        """,
    "targets": """
        if it is a lie when <event> , who can be the target of the lie
        suppose it is a lie when <event> . whom can it be meant for
        assume that <speaker> is lying when <event> . whom can the lie be meant for
        when <event> , and if that is a lie , whom can <speaker> be trying to deceive
        """,
}
PARTS["from the view of"] = """
    going by what <view> believes ,
    as <view> sees it ,
    according to <view> ,
    """
