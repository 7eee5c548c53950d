"""What machines read: `/api/v1/`, read-only, made from live editions alone.

`urls` knows each address and `door` is the way in; only behind it is django-ninja
loaded, so that a command which answers nobody starts without it.
"""
