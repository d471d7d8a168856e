"""What a file of a lesson may hold: strict, nothing extra, both languages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from scenarios.schema import ChangeForm, Form, Identity, Label, Month, Number, Text, Whole

SCHEMA = "talentflow.lesson/1"
Texts = Annotated[list[Label], Field(min_length=1)]


class LawForm(Form):
    """A law that a lesson makes: shipped reforms together, and changes of its own."""

    reforms: list[Text] = Field([], description="Ids of shipped reforms and packages")
    changes: list[ChangeForm] = Field([], description="Changes of levers; where they overlap with a reform, they hold")


class AskedForm(LawForm):
    """A question that the page can be opened with; what is left out is the page's default."""

    seed: Annotated[Whole, Field(ge=0)] | None = None
    until: Month | None = None


class RunsForm(Form):
    """How the pairs of runs of a lesson are made: coarse, so that an answer comes within seconds."""

    scale: Annotated[Whole, Field(ge=1)] = Field(10_000, description="People that one row stands for")
    replicates: Annotated[Whole, Field(ge=2, le=40)] = Field(6, description="Pairs of runs")
    seed: Annotated[Whole, Field(ge=0)] = Field(1, description="First seed")
    until: Month = Field("2032-12", description="Last month simulated")


class FileForm(Form):
    """A small file that a step needs, shown to be saved under its name."""

    name: Annotated[Text, Field(pattern=r"^[a-z0-9][a-z0-9-]*\.yaml$")]
    text: Text


class StepForm(Form):
    """One thing to do: in the page, and the same on the command line and in Python."""

    text: Label
    file: FileForm | None = None
    command: Text | None = Field(None, description="The same on the command line: `talentflow ...`")
    asked: AskedForm | None = Field(None, description="The same in the page: what to ask")
    code: Text | None = Field(None, description="The same in Python, for the notebook")


class ChoiceForm(Form):
    """One answer to choose, or one thing to put in order."""

    id: Annotated[Text, Field(min_length=1, max_length=40)]
    text: Label
    hint: Label | None = Field(None, description="What helps who chose this, if it is wrong")


class QuestionForm(Form):
    """A question whose answer the model computes; no answer is written in a file."""

    id: Identity
    text: Label
    compute: Any = Field(description="What gives the answer: a `kind` and its parameters")
    choices: list[ChoiceForm] = Field([], description="What there is to choose, or to put in order")
    unit: Label | None = None
    tolerance: Annotated[Number, Field(ge=0)] | None = Field(None, description="How far off a number may be")
    tolerance_share: Annotated[Number, Field(ge=0, le=0.5)] | None = Field(
        None, description="How far off a number may be, as a share of it"
    )
    hint: Label = Field(description="What helps who is wrong to think again")
    why: Label = Field(description="Why it is so, told once it is right, and to teachers")


class SourceForm(Form):
    """Something to read: a fact of the project's collection, and why to read it."""

    fact: Text
    why: Label


class LessonForm(Form):
    """A lesson."""

    schema_: Literal["talentflow.lesson/1"] = Field(alias="schema")
    id: Identity
    number: Annotated[Whole, Field(ge=1, le=99)]
    title: Label
    minutes: Annotated[Whole, Field(ge=10, le=240)]
    aim: Label
    story: Texts
    how: Texts
    laws: dict[str, LawForm] = Field({}, description="Laws that the questions speak of, by name")
    runs: RunsForm = RunsForm()
    steps: Annotated[list[StepForm], Field(min_length=1)]
    questions: Annotated[list[QuestionForm], Field(min_length=1)]
    notice: Texts
    try_: Texts = Field(alias="try")
    misleads: Texts
    extending: Texts
    teacher: Texts
    reading: Annotated[list[SourceForm], Field(min_length=1)]
