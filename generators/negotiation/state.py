"""What a game of any kind keeps while it is played."""

from collections.abc import Sequence
from typing import Protocol

from madata.schemas.negotiation import Game, Move, NegotiationWorld, Outcome


class State(Protocol):
    """`adapts`: whether a party changed its ways, or an heir copied them."""

    @property
    def game(self) -> Game: ...

    @property
    def events(self) -> Sequence[Move]: ...

    def add(self, move: Move) -> None: ...

    def world(self) -> NegotiationWorld: ...

    def outcome(self) -> Outcome: ...

    def adapts(self) -> bool: ...
