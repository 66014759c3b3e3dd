"""The town's rules of the families' files."""

from dataclasses import asdict

from django.db import transaction

from families.domain.pack import FileRulesFacts
from families.models import FileRules
from foundation.accounts.models import Account
from foundation.journal.services import record

RULED = tuple(FileRulesFacts.__slots__)


@transaction.atomic
def keep_file_rules(*, rules: FileRules, actor: Account) -> None:
    """Keep new rules. What waits already stays waiting, with the answer promised."""
    known = FileRules.objects.select_for_update().first() or FileRules(id=1)
    old = {name: getattr(known, name) for name in RULED}
    new = {name: getattr(rules, name) for name in RULED}
    for name, value in new.items():
        setattr(known, name, value)
    known.save()
    if old != new:
        record(
            actor=actor,
            action="file rules changed",
            target=known,
            old={name: old[name] for name in RULED if old[name] != new[name]},
            new={name: new[name] for name in RULED if old[name] != new[name]},
        )


def fill_file_rules(facts: FileRulesFacts | None) -> None:
    """Write the rules of a town that opens; without any, the safe defaults."""
    FileRules.objects.update_or_create(id=1, defaults=asdict(facts) if facts else {})
