"""Addresses of the operators' console, on the platform's own site."""

from django.urls import path

from tenants.views import certificates, console, hosts

app_name = "console"
urlpatterns = [
    path("", console.towns, name="towns"),
    path("open/", console.open_town, name="open"),
    path("certificates/", certificates.certificates, name="certificates"),
    path(
        "certificates/<uuid:public_id>/remove/",
        certificates.remove,
        name="certificate-remove",
    ),
    path("towns/<uuid:public_id>/", console.town, name="town"),
    path(
        "towns/<uuid:public_id>/configuration/",
        console.configuration,
        name="configuration",
    ),
    path("towns/<uuid:public_id>/hosts/", hosts.hosts, name="hosts"),
    path("towns/<uuid:public_id>/hosts/choose/", hosts.host_choose, name="host-choose"),
    path("towns/<uuid:public_id>/hosts/remove/", hosts.host_remove, name="host-remove"),
    path("towns/<uuid:public_id>/retry/", console.retry, name="retry"),
    path("towns/<uuid:public_id>/suspend/", console.suspend, name="suspend"),
    path("towns/<uuid:public_id>/reopen/", console.reopen, name="reopen"),
]
