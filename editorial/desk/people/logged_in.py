"""“Where you are logged in”: each person sees their own sessions, and ends them."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from editorial import account_notes, sessions
from editorial.desk.people.screens import InOurLook

OTHERS = "others"
# Who holds a stolen session must not throw its owner out.
GUARDED = (login_required, reauthentication_required(allow_get=True))


@method_decorator(GUARDED, name="dispatch")
class WhereLoggedIn(InOurLook, TemplateView):
    template_name = "editorial/entrance/sessions.html"
    title = "Where you are logged in"

    def get_context_data(self, **kwargs):
        here = self.request.session.session_key
        return {
            **super().get_context_data(**kwargs),
            "places": sessions.places(self.request.user, here=here),
            "hours": settings.SESSION_HOURS,
            "zone": settings.TIME_ZONE,
        }

    def post(self, request, *args, **kwargs):
        """End one session, or all but this one, and note it."""
        asked, user = request.POST.get("end", ""), request.user
        name, here = "" if asked == OTHERS else asked, request.session.session_key
        ended = sessions.end(user, but=here, name=name) if asked else 0
        if ended:
            words = f"Ended {ended} other session{'' if ended == 1 else 's'}."
            account_notes.enter(user, words, by=user)
            messages.success(request, f"{words} Whoever sat there is logged out.")
        else:
            messages.info(request, "It had ended already: nothing was done.")
        return redirect("where_logged_in")
