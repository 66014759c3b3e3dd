from billing.domain.errors import BillingError, Sentence, gettext_noop


class ShortError(BillingError):
    sentence = gettext_noop("%(what)s: %(reason)s.")


def test_a_refusal_is_translated_when_it_is_shown_and_so_is_its_reason(monkeypatch):
    error = ShortError(what="X", reason=gettext_noop("too short"))
    english = {"%(what)s: %(reason)s.": "%(what)s : %(reason)s !", "too short": "court"}

    monkeypatch.setattr(Sentence, "translate", staticmethod(english.__getitem__))

    assert str(error) == "X : court !"
    assert str(error.message) == "X : court !"
