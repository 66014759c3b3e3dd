"""The teams that a town starts with; administrators have every right anyway."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

CLERKS = gettext_lazy("Clerks")
CARERS = gettext_lazy("Carers of children")
EDITORS = gettext_lazy("Page editors")
# The town's own settings, its staff and its communes are for administrators.
CLERKS_APPS = ("families", "catalog", "enrolment", "billing")
# Health is for those who look after children: a clerk does not need it.
HEALTH = ("view_health", "change_health")
# What cannot be undone, and all that is known of somebody, is for administrators.
ERASURE = ("erase_data", "copy_data")
CARERS_RIGHTS = ("change_booking", "view_health", "view_childphoto", "view_child")
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
FILE_RIGHTS = {
    "image": ("add", "change", "choose"),
    "document": ("add", "change", "choose"),
}


def make_groups(*, locale: str) -> None:
    """Make the teams, named in the town's language, instead of Wagtail's own."""
    with translation.override(locale):
        Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
        clerks, _created = Group.objects.get_or_create(name=str(CLERKS))
        carers, _created = Group.objects.get_or_create(name=str(CARERS))
        editors, _created = Group.objects.get_or_create(name=str(EDITORS))
    door = Permission.objects.get(codename="access_admin")
    work = Permission.objects.filter(content_type__app_label__in=CLERKS_APPS)
    clerks.permissions.set([door, *work.exclude(codename__in=HEALTH + ERASURE)])
    carers.permissions.set([door, *work.filter(codename__in=CARERS_RIGHTS)])
    editors.permissions.set([door])
    _let_write_pages(editors)


def _let_write_pages(editors: Group) -> None:
    root = Page.get_first_root_node()
    rights = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS
    )
    for right in rights:
        GroupPagePermission.objects.get_or_create(
            group=editors, page=root, permission=right
        )
    files = Q()
    for model, verbs in FILE_RIGHTS.items():
        files |= Q(
            content_type__model=model,
            codename__in=[f"{verb}_{model}" for verb in verbs],
        )
    shelf = Collection.get_first_root_node()
    rights = Permission.objects.filter(
        files, content_type__app_label__in=["wagtailimages", "wagtaildocs"]
    )
    for right in rights:
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=shelf, permission=right
        )
