"""Messages people read: one template, plain text and simple HTML from it.

The first line of the template is the subject; paragraphs follow, separated by blank
lines. A paragraph whose last line is an address becomes a button, named by the lines
before it, with the address in full below: some mail programs show no button.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.context import Context
from django.template.loader import get_template
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to be sent."""

    subject: str
    text: str
    html: str

    def to_mail(self, *, sender: str, recipient: str) -> EmailMultiAlternatives:
        """Return the message for Django's mail: `.send()` puts it in the outbox."""
        mail = EmailMultiAlternatives(self.subject, self.text, sender, [recipient])
        mail.attach_alternative(self.html, "text/html")
        return mail


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines, or a button when there is an address."""

    lines: tuple[str, ...]
    url: str = ""

    @property
    def label(self) -> str:
        """The words of the button."""
        return " ".join(self.lines).rstrip(" :") or self.url


def write_letter(
    template: str, context: Mapping[str, Any], *, signature: str
) -> Letter:
    """Fill a text template and dress it as HTML, signed by the town."""
    source = get_template(template).template  # type: ignore[attr-defined] # Django's.
    written = source.render(Context(dict(context), autoescape=False))
    subject, _line, body = written.strip().partition("\n")
    paragraphs = _paragraphs(body)
    html = get_template("mail/letter.html").render(
        {
            "subject": subject,
            "paragraphs": paragraphs,
            "signature": signature,
            "language": get_language(),
        }
    )
    return Letter(
        subject=" ".join(subject.split()),
        text=f"{_plain(paragraphs)}\n\n{signature}\n",
        html=html,
    )


def _paragraphs(body: str) -> list[Paragraph]:
    found: list[list[str]] = [[]]
    for line in body.splitlines():
        if line.strip():
            found[-1].append(line.strip())
        else:
            found.append([])
    return [_paragraph(lines) for lines in found if lines]


def _paragraph(lines: list[str]) -> Paragraph:
    if lines[-1].startswith(("https://", "http://")):
        return Paragraph(tuple(lines[:-1]), url=lines[-1])
    return Paragraph(tuple(lines))


def _plain(paragraphs: list[Paragraph]) -> str:
    texts = ("\n".join([*each.lines, each.url]).strip() for each in paragraphs)
    return "\n\n".join(texts)
