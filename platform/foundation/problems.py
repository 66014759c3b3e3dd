"""What is wrong with a configuration: reason codes, and the sentences that say them.

Whoever reads a configuration gives codes with parameters. Each application teaches
the sentences of its own codes when it starts; `explain` says them to people.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

#: Characters of a value that a sentence repeats.
MOST_SAID = 300

_SENTENCES: dict[str, object] = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it stands, a reason code, its parameters."""

    path: str
    reason: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Write the problem on one line, for logs and developers."""
        details = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.path}: {self.reason}" + (f" ({details})" if details else "")


class ConfigurationError(ValueError):
    """A configuration was refused; `problems` holds every reason found."""

    def __init__(self, problems: Collection[Problem]) -> None:
        """Keep all the problems, in the order in which they were found."""
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def teach(sentences: Mapping[str, object]) -> None:
    """Add the sentences of reason codes; they may be lazy translations.

    A sentence takes the parameters of its problem as `%(name)s`.
    """
    _SENTENCES.update(sentences)


def explain(problem: Problem) -> str:
    """Return the reason in plain words, or the code when nobody taught a sentence."""
    sentence = _SENTENCES.get(problem.reason)
    if sentence is None:
        return str(problem).partition(": ")[2]
    return str(sentence) % {key: _short(said) for key, said in problem.params.items()}


def _short(text: str) -> str:
    """Keep what a person wrote recognisable, however long it is."""
    return text if len(text) <= MOST_SAID else f"{text[:MOST_SAID]}…"
