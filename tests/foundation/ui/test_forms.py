import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.forms import formset_factory
from django.template import Context, Template
from django.utils.translation import override

from foundation.ui.forms import BirthDateField, error_links
from foundation.ui.styleguide import SampleForm
from foundation.ui.widgets import DateFieldsInput, DocumentInput


class Elements(HTMLParser):
    """Every tag of a fragment, with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(str(html))

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, tag, **wanted):
        return [
            attrs
            for name, attrs in self.found
            if name == tag and all(attrs.get(key) == val for key, val in wanted.items())
        ]

    def one(self, tag, **wanted):
        (attrs,) = self.all(tag, **wanted)
        return attrs

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.found if "id" in attrs]


class ChildForm(forms.Form):
    name = forms.CharField(
        label="First name",
        help_text="As on the <family> book.",
        widget=forms.TextInput(
            attrs={"autocomplete": "given-name", "class": "govuk-input--width-10"}
        ),
    )
    phone = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    born_on = BirthDateField(label="Date of birth", help_text="For example, 27 3 2016.")
    meal = forms.ChoiceField(
        choices=[("a", "All"), ("b", "None")], widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(label="I agree", help_text="Two pages.")

    def clean(self):
        raise forms.ValidationError("This child is already in your file.")


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_label_names_its_control():
    page = Elements(ChildForm()["name"].as_field_group())

    assert page.one("label", **{"for": "id_name"})
    assert page.one("input", id="id_name", type="text")


def test_a_hint_is_tied_to_its_control_and_escaped():
    html = ChildForm()["name"].as_field_group()

    assert Elements(html).one("input")["aria-describedby"] == "id_name_helptext"
    assert "id_name_helptext" in Elements(html).ids
    assert "As on the &lt;family&gt; book." in html


def test_an_error_is_tied_to_its_control_after_the_hint():
    page = Elements(ChildForm({})["name"].as_field_group())

    control = page.one("input")
    assert control["aria-describedby"] == "id_name_helptext id_name_error"
    assert control["aria-invalid"] == "true"
    assert "id_name_error" in page.ids


def test_the_widget_keeps_its_own_attributes_beside_ours():
    control = Elements(ChildForm({})["name"].as_field_group()).one("input")

    assert control["autocomplete"] == "given-name"
    assert control["class"].split() == [
        "govuk-input",
        "govuk-input--width-10",
        "govuk-input--error",
    ]


def test_only_what_may_be_left_out_is_marked_optional():
    html = {name: ChildForm()[name].as_field_group() for name in ("name", "phone")}

    assert "(optional)" in html["phone"]
    assert "(optional)" not in html["name"]


def test_a_form_of_filters_does_not_say_optional():
    class FilterForm(forms.Form):
        mark_optional = False
        school = forms.CharField(required=False)

    assert "(optional)" not in FilterForm()["school"].as_field_group()


def test_a_group_of_radios_has_a_legend_and_no_invalid_radio():
    page = Elements(ChildForm({})["meal"].as_field_group())

    assert page.one("fieldset")["aria-describedby"] == "id_meal_error"
    assert len(page.all("legend")) == 1
    radios = page.all("input", type="radio")
    assert [radio["id"] for radio in radios] == ["id_meal_0", "id_meal_1"]
    assert not any("aria-invalid" in radio for radio in radios)
    assert {label["for"] for label in page.all("label")} == {"id_meal_0", "id_meal_1"}


def test_the_chosen_radio_comes_back_ticked():
    page = Elements(ChildForm({"meal": "b"})["meal"].as_field_group())

    assert "checked" in page.one("input", value="b")
    assert "checked" not in page.one("input", value="a")


def test_a_single_box_is_described_by_its_hint_and_its_error():
    page = Elements(ChildForm({})["agrees"].as_field_group())

    box = page.one("input", type="checkbox")
    assert box["class"] == "govuk-checkboxes__input"
    assert set(box["aria-describedby"].split()) <= set(page.ids)
    assert page.one("label")["for"] == box["id"]


def test_the_error_summary_leads_to_the_first_control_of_each_field():
    form = ChildForm({})

    page = Elements(form)

    links = [attrs["href"] for attrs in page.all("a")]
    assert links == ["#id_name", "#id_born_on_day", "#id_meal_0", "#id_agrees"]
    assert {link[1:] for link in links} <= set(page.ids)


def test_the_error_summary_says_what_concerns_the_whole_form():
    html = str(ChildForm({}))

    message = html.index("This child is already in your file.")
    assert message < html.index('id="id_name_group"')


def test_the_error_summary_names_the_field_in_error():
    first = next(error_links([ChildForm({})]))

    assert first == {
        "label": "First name",
        "text": "This field is required.",
        "href": "#id_name",
    }


def test_a_form_without_error_has_no_summary():
    assert "govuk-error-summary" not in str(ChildForm())


def test_the_summary_gathers_the_errors_of_several_forms():
    class PhoneForm(forms.Form):
        number = forms.CharField()

    phones = formset_factory(PhoneForm, min_num=2, validate_min=True, extra=0)
    formset = phones({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"})

    html = render(
        "{% error_summary form formset %}", form=PhoneForm({}), formset=formset
    )

    assert re.findall('href="(#[^"]+)"', html) == ["#id_number", "#id_form-0-number"]
    assert "Please submit at least 2 forms." in html


def test_the_label_of_a_page_with_one_question_is_its_title():
    html = render("{% field form.name heading=True %}", form=ChildForm())
    fieldset = render("{% field form.meal heading=True %}", form=ChildForm())

    assert html.count("<h1") == fieldset.count("<h1") == 1


@pytest.mark.parametrize("data", [None, {"born_on_day": "31", "email": "lina@"}])
def test_no_id_is_used_twice_on_a_page(data):
    ids = Elements(SampleForm(data)).ids

    assert len(ids) == len(set(ids))


def test_every_description_exists_on_the_page():
    page = Elements(SampleForm({}))

    described = [attrs.get("aria-describedby", "") for _, attrs in page.found]
    assert {id_ for ids in described for id_ in ids.split()} <= set(page.ids)


def test_no_style_and_no_script_is_written_in_the_markup():
    html = str(SampleForm({}))

    assert not re.search(r"<style|<script| style=| on[a-z]+=", html)


@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [
        ("27", "3", "2016", "2016-03-27"),
        (" 7 ", "03", "2016", "2016-03-07"),
        ("29", "2", "2016", "2016-02-29"),
    ],
)
def test_a_date_in_three_boxes_is_read(day, month, year, expected):
    data = {"born_on_day": day, "born_on_month": month, "born_on_year": year}
    form = ChildForm(data)
    form.is_valid()

    assert form.cleaned_data["born_on"].isoformat() == expected


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "2", "2016"), ("27", "3", "16"), ("27", "", "2016"), ("a~b", "~", "<b>")],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_not_a_date_is_refused_and_comes_back_as_typed(
    day, month, year, language
):
    data = {"born_on_day": day, "born_on_month": month, "born_on_year": year}
    with override(language):
        form = ChildForm(data)

        assert form.has_error("born_on", "invalid")
        page = Elements(form["born_on"].as_field_group())

    if "~" not in day:
        typed = [attrs.get("value", "") for attrs in page.all("input")]
        assert typed == [day, month, year]
    assert all(attrs["aria-invalid"] == "true" for attrs in page.all("input"))


def test_an_empty_date_is_missing_rather_than_wrong():
    data = {"born_on_day": "", "born_on_month": " ", "born_on_year": ""}

    assert ChildForm(data).has_error("born_on", "required")


def test_only_a_visitor_s_own_birthday_is_filled_in_by_the_browser():
    child, own = DateFieldsInput(), DateFieldsInput(own_birthday=True)

    assert 'autocomplete="bday-day"' in own.render("born_on", None)
    assert "bday" not in child.render("born_on", None)


def test_a_proof_may_be_a_photo_and_only_its_input_is_drawn():
    class ProofForm(forms.Form):
        proof = forms.FileField(widget=DocumentInput())

    page = Elements(ProofForm()["proof"].as_field_group())

    control = page.one("input", type="file")
    assert "image/heic" in control["accept"]
    assert "application/pdf" in control["accept"]
    assert "capture" not in control  # The phone still offers its gallery.
