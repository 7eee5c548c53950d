"""The one place for the security headers of every answer: Django's, static, printed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# A preview in an `srcdoc` frame is no fetch and inherits this policy: it needs no
# frame-src. It stays styled only with sandbox="allow-same-origin".
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # Django's CSRF check over https needs the Referer of our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def security_headers(*, https: bool) -> dict[str, str]:
    """The headers of any answer, whatever its address; ``https`` adds HSTS."""
    return ALWAYS | OVER_HTTPS if https else dict(ALWAYS)


def guarded_answers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, outermost, so that refusals and static files pass it as well.

    A header that a view set itself stays: that is the one way to differ.
    """
    headers = security_headers(https=settings.SITE_URL.startswith("https://"))

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
