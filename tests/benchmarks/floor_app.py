"""The floors behind gunicorn: the least a Django process can do for the same answer.

`/book` takes a place in one statement; `/page` reads five times and draws forty rows.
Nothing is checked, nobody is signed in, nothing is journalled, there is one town.
"""

import os
from typing import ClassVar
from urllib.parse import urlsplit

import django
from django.conf import settings

_address = urlsplit(os.environ["FLOOR_DATABASE_URL"])
settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="floor",
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.middleware.http.ConditionalGetMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _address.path[1:],
            "USER": _address.username,
            "PASSWORD": _address.password,
            "HOST": _address.hostname,
            "PORT": _address.port,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 6}},
        }
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - settings first.
from django.db import connection, models  # noqa: E402 - as above.
from django.http import HttpRequest, HttpResponse  # noqa: E402 - as above.
from django.template import Context, Template  # noqa: E402 - as above.
from django.urls import path  # noqa: E402 - as above.

BOOK = """
WITH place AS (UPDATE floor_session SET taken = taken + 1 WHERE id = 1 RETURNING id)
INSERT INTO floor_booking (session_id, child, price) SELECT id, 1, 235 FROM place
"""
ROWS = 40
PAGE = Template(
    "<!doctype html><title>Floor</title><table>{% for row in rows %}<tr>"
    "<td>{{ row.session_id }}</td><td>{{ row.child }}</td><td>{{ row.price }}</td>"
    "</tr>{% endfor %}</table>"
)


class Row(models.Model):
    """A bare booking."""

    session_id = models.IntegerField()
    child = models.IntegerField()
    price = models.IntegerField()

    objects: ClassVar[models.Manager["Row"]] = models.Manager()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "floor_booking"

    def __str__(self) -> str:
        return str(self.child)


def book(_request: HttpRequest) -> HttpResponse:
    """Take a place."""
    with connection.cursor() as cursor:
        cursor.execute(BOOK)
    return HttpResponse("booked")


def page(_request: HttpRequest) -> HttpResponse:
    """Read five times, draw forty rows."""
    for _ in range(4):
        Row.objects.order_by("id").first()
    rows = list(Row.objects.order_by("id")[:ROWS])
    return HttpResponse(PAGE.render(Context({"rows": rows})))


urlpatterns = [path("book", book), path("page", page)]
application = get_wsgi_application()
