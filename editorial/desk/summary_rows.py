"""What each row of the list of summaries offers to who looks at it. Reads only."""

from editorial.desk import frame, listing, rows
from editorial.desk.review import recheck_now
from editorial.desk.site import roles_here


class SummaryListing(listing.Listing):
    """A list whose rows lead on: to the review of what may be signed, else the text.

    Where those due are asked for, each is sent from its row to be signed again.
    """

    beneath = "editorial/summary/_beneath.html"

    def get_results(self, request):
        super().get_results(request)
        held = roles_here(request)
        for row in self.result_list:
            row.screen = rows.screen(row.status, held, set_aside=row.set_aside)
            if "due" in self.params:
                row.recheck = recheck_now.offered(row, request.user, held)

    def url_for_result(self, row):
        return frame.address(row.screen, row)
