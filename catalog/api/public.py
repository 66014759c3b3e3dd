"""What the public addresses share: no account is asked for, none is looked at."""

from rest_framework.permissions import AllowAny
from rest_framework.views import APIView


class Public(APIView):
    """Answers anybody; whoever is signed in gets the same answer."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
