"""What is said of a plan that a team has to agree on."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.common import Saying, Sayings, saying


class Agreement(Sayings):
    def agreement(self) -> Iterator[Saying]:
        yield saying(
            "who may propose and answer",
            r"(?:anybody|everybody|anyone|everyone|each|all) .. (?:may|can) propose .. plan",
            r"it .. (?:cannot be done|is impossible)",
            r"(?:accept or reject|reject or accept) .. has reached them",
        )
        yield saying(
            "when a proposal is agreed",
            r"agreed .. (?:if|when|once) .. end of .. round",
            r"(?:everybody|everyone|all) else .. present .. (?:has|have) accepted",
            r"who made it is present and has heard so",
            r"of several .. it is .. last",
        )
        yield saying("when it is over", r"(?:as soon as|once|when) .. agreed .. it is over")
        yield saying(
            "what success is",
            r"succeeds if .. plan agreed .. works",
            r"agree .. cannot be done and no plan works",
            r"the (?:less|cheaper) a plan .. , the better",
        )
        yield saying(
            "what those assume who do not know",
            r"(?:whoever|who) does not know",
            r"(?:is|was|has) not .. told",
            r"(?:takes it|assumes|supposes) that it is",
            each=self.hoped(),
        )
