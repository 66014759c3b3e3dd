"""What the public addresses share: no account is asked for, none is looked at."""

from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from foundation.access import Audience


class Public(APIView):
    """Answers anybody; whoever is signed in gets the same answer."""

    audience = Audience.EVERYBODY

    authentication_classes = ()
    permission_classes = (AllowAny,)
