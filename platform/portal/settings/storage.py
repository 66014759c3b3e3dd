"""Files: static ones, a town's public media, and the private ones of families."""

from pathlib import Path

from portal.settings.env import ROOT, text

_VAR = Path(text("PREAU_VAR", str(ROOT / "var")))
STATIC_URL = "/static/"
STATIC_ROOT = _VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATICFILES_DIRS = [ROOT / "platform/portal/static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = _VAR / "media"
MULTITENANT_RELATIVE_MEDIA_ROOT = "%s"
# Identity papers and the like: encrypted, never under MEDIA_URL.
PREAU_PRIVATE_ROOT = _VAR / "private"
STORAGES = {
    "default": {"BACKEND": "django_tenants.files.storage.TenantFileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
