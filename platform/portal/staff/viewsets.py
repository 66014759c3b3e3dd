"""The list and the forms of staff. Families' accounts never show here."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.users.views.users import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    UserColumn,
    UserViewSet,
)

from foundation.access import Audience
from foundation.accounts.models import Account
from foundation.backoffice.viewsets import (
    JournalledDeleteView,
    JournalledEditView,
)
from portal.staff.forms import StaffEditForm, StaffForm
from tenants.queries import current_town
from tenants.townhall.services import invite_staff, limit_staff


def staff_accounts() -> QuerySet[Account]:
    """Return the accounts that belong to the town hall."""
    return Account.objects.filter(is_staff=True)


class StaffOnly:
    """Knows staff only: a family's account answers as one that does not exist."""

    def get_queryset(self) -> QuerySet[Account]:
        return staff_accounts()


class StaffIndexView(IndexView):
    """Lists staff by name, with their teams."""

    audience = Audience.CLERK

    page_title = _("Staff")
    add_item_label = _("Add somebody")

    @cached_property
    def columns(self) -> list[Column]:
        """Leave out the boxes of bulk actions: people are seen one by one."""
        name_column = self._get_title_column_class(UserColumn)
        return [
            name_column(
                "name",
                accessor=str,
                label=_("Name"),
                sort_key="name",
                get_url=self.get_edit_url,
                classname="name",
            ),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("teams", label=_("May do"), accessor=_teams),
            BooleanColumn("is_active", label=_("May sign in"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[Account]:
        """Return staff, with what the columns need."""
        return (
            staff_accounts()
            .select_related("wagtail_userprofile")
            .prefetch_related("groups")
        )


class StaffCreateView(CreateView):
    """Creates the account and sends the link to choose a password."""

    audience = Audience.CLERK

    page_title = _("Add somebody")
    success_message = _("%(object)s receives a message to choose a password.")

    def save_instance(self) -> Account:
        """Leave the whole of it to the service."""
        data = self.form.cleaned_data
        account = invite_staff(
            town=current_town(),
            email=data["email"],
            first_name=data["first_name"],
            last_name=data["last_name"],
            is_administrator=data["is_superuser"],
            groups=list(data["groups"]),
            actor=self.request.user,
        )
        limit_staff(account=account, actor=self.request.user, **self.form.scope)
        self.form.instance = account
        return account


class StaffEditView(StaffOnly, JournalledEditView, EditView):
    """Changes what somebody may do and see, in the journal."""

    def save_instance(self) -> Account:
        """Save the account, then the part of the town."""
        super().save_instance()
        account: Account = self.form.instance
        limit_staff(account=account, actor=self.request.user, **self.form.scope)
        return account


class StaffDeleteView(StaffOnly, JournalledDeleteView, DeleteView):
    """Deletes an account that never did anything."""


class StaffHistoryView(HistoryView):
    """The changes Wagtail knows of."""

    audience = Audience.CLERK

    def get_base_object_queryset(self) -> QuerySet[Account]:
        """Find staff only; the list itself is one of changes, not of accounts."""
        return staff_accounts()


class StaffViewSet(UserViewSet):
    """Staff, under the settings."""

    menu_label = _("Staff")
    index_view_class = StaffIndexView
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView
    delete_view_class = StaffDeleteView
    history_view_class = StaffHistoryView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002 - Wagtail's signature.
        """Use our forms: Wagtail's know user names and passwords."""
        return StaffEditForm if for_update else StaffForm


def _teams(account: Account) -> str:
    if account.is_superuser:
        return str(_("Administrator"))
    return ", ".join(group.name for group in account.groups.all())
