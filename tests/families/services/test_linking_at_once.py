"""Two accounts for one place in a file, at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from families.models import FileLink, Person
from families.services.claim_codes import issue_code
from families.services.finding_files import NumberAndBirth, PostedCode
from families.services.linking import link_file
from families.services.linking_errors import NoSuchFileError
from foundation.accounts.models import Account
from tests.families.builders import NOW, make_person
from tests.families.known_files import BORN, known_file

ACCOUNTS = 6


@pytest.mark.parametrize("way", ["number", "code"])
def test_of_many_accounts_for_one_person_one_wins(fresh_town, way):
    with tenant_context(fresh_town):
        file = known_file()
        code = issue_code(household=file.household, actor=None, now=NOW)
        number = NumberAndBirth(file.household.file_number, BORN)
        knows = number if way == "number" else PostedCode(code)
        emails = [f"{uuid4().hex}@example.com" for _account in range(ACCOUNTS)]
        for email in emails:
            make_person(email)

    def link(email):
        try:
            with tenant_context(fresh_town):
                account = Account.objects.get(email=email)
                return link_file(account=account, knows=knows, now=NOW).pk
        except NoSuchFileError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(ACCOUNTS) as threads:
        won = [each for each in threads.map(link, emails) if each]

    assert len(won) == 1
    with tenant_context(fresh_town):
        winner = FileLink.objects.get()
        assert Person.objects.get(pk=file.person_id).account == winner.account
        assert Person.objects.exclude(account=None).count() == ACCOUNTS
