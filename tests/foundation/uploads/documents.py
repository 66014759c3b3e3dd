"""PDF documents made by code: honest ones, and hostile ones."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.foundation.uploads.words import EICAR, HTML, SCRIPT, ZIP

TEXT = b"BT /F1 24 Tf 20 100 Td (Avis d'impot) Tj ET"


def document(pages=1, content=TEXT):
    pdf = Pdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(300, 200))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content)
    return pdf


def save(pdf, **options):
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


def made(change, pages=1):
    """Return a document after `change(pdf)`."""
    pdf = document(pages)
    change(pdf)
    return save(pdf)


def script():
    return Dictionary(S=Name.JavaScript, JS=String(SCRIPT))


def launch():
    return Dictionary(S=Name.Launch, F=String("cmd.exe"))


def attach(pdf):
    pdf.attachments["virus.exe"] = b"MZ" + EICAR
    pdf.attachments["a.zip"] = ZIP


def annotate(pdf, **entries):
    note = Dictionary(
        Type=Name.Annot,
        Rect=Array([0, 0, 300, 200]),
        **({"Subtype": Name.Link} | entries),
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def set_root(**entries):
    def change(pdf):
        for key, value in entries.items():
            pdf.Root[f"/{key}"] = value

    return change


def on_page(**entries):
    def change(pdf):
        for key, value in entries.items():
            pdf.pages[0].obj[f"/{key}"] = value

    return change


def note_with(**entries):
    return lambda pdf: annotate(pdf, **entries)


def names_tree(pdf):
    tree = Dictionary(Names=Array([String("a"), script()]))
    pdf.Root.Names = Dictionary(JavaScript=tree)


def xfa(pdf):
    form = pdf.make_stream(b"<xdp><script>" + SCRIPT.encode() + b"</script></xdp>")
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=form)


def dynamic_form(pdf):
    xfa(pdf)
    pdf.Root.NeedsRendering = True


def filled_form(pdf):
    """Fill one field, with a script on every key stroke."""
    annotate(
        pdf,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("name"),
        V=String("Dupont"),
        F=4,
        DA=String("/Helv 12 Tf 0 g"),
        AA=Dictionary(K=script()),
    )
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([pdf.pages[0].obj.Annots[0]]),
        DA=String("/Helv 12 Tf 0 g"),
        DR=Dictionary(
            Font=Dictionary(Helv=pdf.pages[0].obj.Resources.Font.F1),
        ),
        NeedAppearances=True,
    )


def drawing(pdf, **entries):
    """Draw through a form object that carries something else."""
    stream = pdf.make_stream(b"0 0 10 10 re f")
    stream.Type, stream.Subtype = Name.XObject, Name.Form
    stream.BBox = Array([0, 0, 10, 10])
    for key, value in entries.items():
        stream[f"/{key}"] = value
    pdf.pages[0].obj.Resources.XObject = Dictionary(X1=stream)


def deep_script(pdf):
    inner = Dictionary(PieceInfo=Dictionary(A=script(), Deep=Array([[script()]])))
    drawing(pdf, Resources=Dictionary(Properties=Dictionary(P1=inner)))


def outside_stream(pdf):
    drawing(pdf, F=String("file:///etc/passwd"), FFilter=Name.FlateDecode)


def swollen(megabytes):
    """Put a page that unfolds to `megabytes` in a few kilobytes."""

    def change(pdf):
        packed = zlib.compress(b" " * (megabytes * 1_000_000), 9)
        stream = pikepdf.Stream(pdf, packed)
        stream.Filter = Name.FlateDecode
        pdf.pages[0].obj.Contents = pdf.make_indirect(stream)

    return change


def swollen_twice(pdf):
    packed = zlib.compress(zlib.compress(b"\0" * 400_000_000, 9), 9)
    stream = pikepdf.Stream(pdf, packed)
    stream.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)


def nested(depth):
    inner = b"[" * depth + b"]" * depth
    return raw(b"1 0 obj <</Type/Catalog/Pages 2 0 R/X " + inner + b">> endobj ")


def raw(objects):
    """Write a document by hand, without a table of its objects."""
    return b"%PDF-1.7\n" + objects + b"trailer <</Root 1 0 R>>\n%%EOF"


def page_loop():
    return raw(
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type/Pages/Count 1/Kids[2 0 R]>> endobj\n"
    )


def table_loop():
    start = save(document())
    place = start.rindex(b"startxref")
    return start[:place] + (
        b"xref\n0 0\ntrailer <</Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF"
        % (place, place)
    )


PDF = save(document())


def honest():
    return {
        "pdf": PDF,
        "pdf of 30 pages": save(document(30)),
        "pdf with object streams": save(
            document(2), object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        "pdf linearised": save(document(), linearize=True),
        "pdf after a mark": b"\xef\xbb\xbf\n" + PDF,
    }


def neutralised():
    """Return documents whose active part must not survive."""
    uri = Dictionary(S=Name.URI, URI=String("http://127.0.0.1/" + SCRIPT))
    remote = Dictionary(S=Name.GoToR, F=String("\\\\server\\share"))
    changes = {
        "script at opening": set_root(OpenAction=script()),
        "script at closing": set_root(AA=Dictionary(WC=script())),
        "script in the names": names_tree,
        "script on the page": on_page(AA=Dictionary(O=script())),
        "script in a note": note_with(A=script()),
        "script in an outline": set_root(
            Outlines=Dictionary(First=Dictionary(Title=String("a"), A=script()))
        ),
        "script deep in a drawing": deep_script,
        "launch at opening": set_root(OpenAction=launch()),
        "launch in a note": note_with(A=launch()),
        "link": note_with(A=uri),
        "remote document": note_with(A=remote),
        "form sent to a server": note_with(
            A=Dictionary(S=Name.SubmitForm, F=String("http://127.0.0.1"))
        ),
        "attached files": attach,
        "file in a note": note_with(
            Subtype=Name.FileAttachment, FS=Dictionary(F=String("a.exe"))
        ),
        "rich media": note_with(
            Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=Dictionary())
        ),
        "film": note_with(Subtype=Name.Screen, A=Dictionary(S=Name.Rendition)),
        "xfa": xfa,
        "filled form with scripts": filled_form,
        "metadata": lambda pdf: pdf.docinfo.__setitem__("/Author", SCRIPT),
        "stream from a file": outside_stream,
        "drawing from a document": lambda pdf: drawing(
            pdf, Ref=Dictionary(F=String("other.pdf"), Page=0)
        ),
        "opi": lambda pdf: drawing(pdf, OPI=Dictionary(F=String("a.tif"))),
        "associated file": set_root(AF=Array([Dictionary(EF=Dictionary())])),
        "collection": set_root(Collection=Dictionary(View=Name.D)),
        "article threads": set_root(Threads=Array([Dictionary(I=script())])),
    }
    made_by_change = {name: made(change) for name, change in changes.items()}
    return made_by_change | {
        "pdf then html": PDF + HTML,
        "pdf then zip": PDF + ZIP,
        "pdf then virus": PDF + EICAR,
        "table of garbage": PDF.replace(b"0000000", b"9x9z9q9"),
        "no table": PDF[: PDF.rindex(b"xref\n0")] + b"%%EOF",
        "table in a loop": table_loop(),
        "cut at the end": PDF[:-60],
    }


def refused():
    locked = pikepdf.Encryption(user="secret", owner="other")
    guarded = pikepdf.Encryption(user="", owner="other")
    return {
        "locked": (save(document(), encryption=locked), "pdf_locked"),
        "guarded": (save(document(), encryption=guarded), "pdf_locked"),
        "dynamic form": (made(dynamic_form), "pdf_dynamic_form"),
        "31 pages": (save(document(31)), "too_many_pages"),
        "10000 pages": (save(document(10_000)), "too_many_pages"),
        "no page": (save(Pdf.new()), "unreadable"),
        "only a head": (b"%PDF-1.7\n", "unreadable"),
        "random after the head": (b"%PDF-1.7\n" + bytes(range(256)) * 99, "unreadable"),
        "pages in a loop": (page_loop(), "unreadable"),
        "deep nesting": (nested(100_000), "unreadable"),
        "swollen page": (made(swollen(1_000)), "too_complex"),
        "page swollen twice": (made(swollen_twice), "too_complex"),
        "html before a pdf": (HTML + PDF, "wrong_kind"),
        "zip": (ZIP, "wrong_kind"),
        "word": (ZIP.replace(b"a.txt", b"w.xml"), "wrong_kind"),
        "eicar": (EICAR, "wrong_kind"),
        "program": (b"MZ" + bytes(200), "wrong_kind"),
        "unix program": (b"\x7fELF" + bytes(200), "wrong_kind"),
        "html": (HTML, "wrong_kind"),
        "postscript": (b"%!PS-Adobe-3.0\n(x) run", "wrong_kind"),
        "spaces": (b" " * 5_000, "wrong_kind"),
        "zeros": (bytes(5_000), "wrong_kind"),
        "one byte": (b"\xff", "wrong_kind"),
    }
