"""Agents who talk to neighbours only and choose a label each (the five problems of AgentsNet)."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Record


class Graph(Record):
    """`edges`: pairs of agents, each in agent order. `labels`: how many of the world's actions are labels (all).
    `numbers`: of each agent the fact which number it has, no two the same; `votes`: of each agent the fact what it is
    for (only in consensus)."""

    kind: Literal["graph"] = "graph"
    problem: Literal["colouring", "matching", "cover", "leader", "consensus"]
    edges: Annotated[list[Annotated[list[Id], Field(min_length=2, max_length=2)]], Field(max_length=2_000)]
    numbers: list[Id]
    votes: list[Id] = []


GAME = Graph
