import pytest

from billing.gateways.bank_files import PainVersion, validate_bank_file
from tests.billing.gateways.bank_examples import debit, write


def test_a_problem_names_its_line_and_its_element():
    _, content = write([debit(number) for number in (1, 2, 3)])
    broken = content.replace(b"<InstdAmt Ccy", b"<Amount Ccy", 1)
    broken = broken.replace(b"</InstdAmt>", b"</Amount>", 1)

    problems = validate_bank_file(broken, PainVersion.V08)

    assert problems[0].line == 2
    assert "Amount" in problems[0].message


def test_a_problem_in_a_later_debit_is_found_on_its_own_line():
    _, content = write([debit(number) for number in range(1, 200)])
    broken = content.replace(b"CANT-2026-000150", b"C" * 36)

    problems = validate_bank_file(broken, PainVersion.V08)

    assert {problem.line for problem in problems} == {151}


def test_a_file_of_another_version_is_refused():
    _, content = write([debit()], PainVersion.V02)

    assert validate_bank_file(content, PainVersion.V08)


def test_a_file_on_disk_is_read_as_well(tmp_path):
    path = tmp_path / "debits.xml"
    path.write_bytes(write([debit()])[1])

    assert validate_bank_file(path, PainVersion.V08) == []


@pytest.mark.parametrize("content", [b"", b"hello", b"<Document>", b"\xff\xfe<a/>"])
def test_a_file_that_is_not_xml_is_a_problem_not_a_crash(content):
    assert validate_bank_file(content, PainVersion.V08)


def test_an_entity_is_never_read_from_the_disk(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret")
    _, content = write([debit(text="XXE")])
    doctype = f'<!DOCTYPE Document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    hostile = content.replace(b"<Document", doctype + b"<Document", 1)

    problems = validate_bank_file(hostile.replace(b"XXE", b"&x;"), PainVersion.V08)

    assert problems
    assert not any("the-secret" in problem.message for problem in problems)


def test_a_document_type_alone_is_refused():
    _, content = write([debit()])
    hostile = content.replace(b"<Document", b"<!DOCTYPE Document><Document", 1)

    assert validate_bank_file(hostile, PainVersion.V08)
