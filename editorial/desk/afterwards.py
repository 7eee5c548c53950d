"""Work that is done once an answer has been sent, so that its time tells nobody."""


def do(response, act):
    """Let the server call `act` when it has sent the response, and return that."""
    close = response.close

    def closing():
        try:
            act()
        finally:
            close()

    response.close = closing
    return response
