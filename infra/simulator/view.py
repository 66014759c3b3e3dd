"""One Checkout Session as its payer sees it."""

from dataclasses import dataclass

from infra.simulator.amounts import shown
from infra.simulator.store import Json
from infra.simulator.words import Words


@dataclass(frozen=True)
class View:
    """One session as its payer sees it."""

    session: Json
    items: list[Json]
    town: str
    words: Words

    @property
    def methods(self) -> list[str]:
        return [str(method) for method in self.session["payment_method_types"]]

    @property
    def asks_email(self) -> bool:
        session = self.session
        return session["customer"] is None and session["customer_email"] is None

    @property
    def address(self) -> str:
        return f"/c/pay/{self.session['id']}"

    def amount(self, amount: int) -> str:
        return shown(amount, self.session["currency"], self.words["lang"])

    @property
    def total(self) -> str:
        due = self.session["amount_total"]
        return "" if due is None else self.amount(due)

    def say(self, word: str, **values: object) -> str:
        return self.words[word].format(town=self.town, **values)
