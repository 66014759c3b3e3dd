from babel.messages.catalog import Message as Entry

from infra.messages import from_python, from_template
from infra.translations import (
    entries,
    is_translated,
    keeps_placeholders,
    read,
    whole,
)


def test_a_template_gives_up_all_its_sentences(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        """{% load i18n %}
        {% blocktranslate count number=places trimmed %}
          {{ number }} place "left"
        {% plural %}
          {{ number }} places left
        {% endblocktranslate %}
        {% translate "It's late" context "booking" %} unbalanced ' quote
        {{ _("Hello")|add:_("you (all)") }}
        {% blocktranslate %}100% of {{ total }}{% endblocktranslate %}"""
    )

    found = {(m.context, m.singular, m.plural) for m in from_template(page)}

    assert found == {
        (None, '%(number)s place "left"', "%(number)s places left"),
        ("booking", "It's late", None),
        (None, "Hello", None),
        (None, "you (all)", None),
        (None, "100%% of %(total)s", None),
    }


def test_a_module_gives_up_all_its_sentences(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        "_('One sentence, ' 'in two parts')\n"
        "translation.gettext_lazy('Called from afar')\n"
        "pgettext('month', 'May')\n"
        "ngettext('%(n)s child', '%(n)s children', n)\n"
        "print('Not for translation')\n"
    )

    found = {(m.context, m.singular, m.plural) for m in from_python(module)}

    assert found == {
        (None, "One sentence, in two parts", None),
        (None, "Called from afar", None),
        ("month", "May", None),
        (None, "%(n)s child", "%(n)s children"),
    }


def test_a_translation_names_the_values_of_its_source():
    source = "Step %(current)s of %(total)s"

    assert keeps_placeholders(
        Entry(source, "Étape %(current)s sur %(total)s"),
    )
    assert not keeps_placeholders(Entry(source, "Étape %(courante)s sur %(total)s"))
    assert not keeps_placeholders(Entry(source, "Étape %(current)s"))


def test_a_singular_may_leave_its_number_out():
    source = ("%(n)s child", "%(n)s children")

    assert keeps_placeholders(Entry(source, ("un enfant", "%(n)s enfants")))
    assert not keeps_placeholders(Entry(source, ("un enfant", "des enfants")))


def test_half_a_plural_or_a_doubt_is_no_translation():
    source = ("child", "children")

    assert is_translated(Entry(source, ("enfant", "enfants")))
    assert not is_translated(Entry(source, ("enfant", "")))
    assert not is_translated(Entry("child", "enfant", flags=["fuzzy"]))
    assert not is_translated(None)


def test_canadian_french_lacks_no_sentence_and_keeps_its_own():
    french, own, canadian = read("fr"), read("fr_CA"), whole("fr_CA")

    lacking = [
        each.id
        for each in entries(french)
        if not is_translated(canadian.get(each.id, each.context))
    ]

    assert lacking == []
    changed = [
        each.id
        for each in entries(own)
        if (found := canadian.get(each.id, each.context)) is None
        or found.string != each.string
    ]
    assert changed == []


def test_a_function_of_translation_is_known_under_another_name(tmp_path):
    module = tmp_path / "errors.py"
    module.write_text(
        "from django.utils.translation import gettext as _say, gettext_lazy as _\n"
        "from elsewhere import gettext as _other\n"
        "one, two, three = _say('At once'), _('Later'), _other('Never')\n"
    )

    assert {m.singular for m in from_python(module)} == {"At once", "Later"}
