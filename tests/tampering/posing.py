"""One alteration for each rule of `verify` about people, as those of `breaking`."""

from django.contrib.auth.models import Group

from editorial.models import LogEntry, SignOff, User
from editorial.states import Role
from tests.tampering.breaking import rewrite, waiting
from tests.tampering.rebuilding import rebuild, run


def account_rights():
    """An owner gives themself a role."""
    role = Group.objects.get(name=Role.MEDICAL_REVIEWER.value).pk
    pk = User.objects.get(username="maren").pk
    sql = (
        "INSERT INTO editorial_user_groups (id, user_id, group_id) VALUES (%s, %s, %s)"
    )
    run(sql, 1000, pk, role)


def account_untold():
    columns = [field.column for field in User._meta.concrete_fields]
    others = ", ".join(name for name in columns if name not in ("id", "username"))
    run(
        f"INSERT INTO editorial_user (id, username, {others}) "
        f"SELECT 1000, 'mallory', {others} FROM editorial_user WHERE username = 'maren'"
    )


def account_gone():
    pk = User.objects.get(username="gone").pk
    run("DELETE FROM editorial_user_groups WHERE user_id = %s", pk)
    run("DELETE FROM editorial_user WHERE id = %s", pk)


def sign_off_role():
    """The log says of a signer that they were a writer, and they are one today."""
    signer = SignOff.objects.get(pk=waiting()).signer
    entry = LogEntry.objects.filter(about=f"user:{signer.pk}").first()
    writers = Group.objects.get(name=Role.WRITER.value)
    rewrite(entry.number, lambda said: said["facts"]["after"].update(roles=["Writers"]))
    sql = "UPDATE editorial_user_groups SET group_id = %s WHERE user_id = %s"
    run(sql, writers.pk, signer.pk)
    rebuild()


def sign_off_credential():
    signer = SignOff.objects.get(pk=waiting()).signer_id
    for table in ("editorial_revieweraccount", "editorial_historicalrevieweraccount"):
        run(f"UPDATE {table} SET expires_on = '2020-01-01' WHERE user_id = %s", signer)
    rebuild()


def four_eyes():
    """The words that were signed are the signer's own."""
    signed = SignOff.objects.get(pk=waiting())
    sql = (
        "UPDATE editorial_historicalsummary SET history_user_id = %s "
        "WHERE id = %s AND wrote_text"
    )
    run(sql, signed.signer_id, signed.summary_id)
    rebuild()


def four_eyes_kept():
    signed = SignOff.objects.get(pk=waiting())
    sql = "UPDATE editorial_losttext SET summary_id = %s, by_id = %s"
    run(sql, signed.summary_id, signed.signer_id)
    rebuild()


def four_eyes_entry():
    signed = SignOff.objects.get(pk=waiting())
    sql = "UPDATE conditions_historicalcondition SET history_user_id = %s WHERE id = %s"
    run(sql, signed.signer_id, signed.summary.condition_id)
    rebuild()
