"""What a game of any kind keeps while it is played."""

from typing import Protocol

from madata.generators.negotiation.capabilities import Played
from madata.schemas.negotiation import Game, Move, NegotiationWorld, Outcome


class State(Played, Protocol):
    @property
    def game(self) -> Game: ...

    def add(self, move: Move) -> None: ...

    def world(self) -> NegotiationWorld: ...

    def outcome(self) -> Outcome: ...
