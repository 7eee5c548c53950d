"""Makes .venv with the locked packages, from nothing but a Python; then says nothing.

Runs under the machine's own Python and may import the standard library alone. It must
parse under Python 3.6, so that an old one is told so in a sentence.
"""

import argparse
import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
UV = "uv==0.13.8"
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed")


def main():
    parser = argparse.ArgumentParser(
        description="Makes .venv with the locked packages."
    )
    parser.add_argument("--dev", action="store_true", help="also what tests need")
    dev = parser.parse_args().dev
    refuse_old_python()
    os.chdir(HERE)
    if is_installed(dev):
        return
    if not is_usable():
        make_venv()
    print("Installing the locked packages into .venv …", flush=True)
    if not install_by_uv(dev):
        print("uv could not do it; trying pip, which is slower …", flush=True)
        install_by_pip(dev)
    with open(STAMP, "w") as stamp:
        stamp.write(wanted(dev))


def refuse_old_python():
    if sys.version_info < OLDEST:
        sys.exit(
            "Countersign needs Python 3.11 or newer; {} is {}.\n"
            "Say which one to use, for example: PYTHON=python3.12 make demo".format(
                sys.executable, ".".join(map(str, sys.version_info[:3]))
            )
        )


def wanted(dev):
    """What .venv holds when it is right: the Python, the lock, with or without dev."""
    with open("uv.lock", "rb") as lock:
        digest = hashlib.sha256(lock.read()).hexdigest()
    return "python{}.{} {} {}\n".format(
        *sys.version_info[:2], digest, "dev" if dev else "runtime"
    )


def is_installed(dev):
    if not os.path.exists(PYTHON) or not os.path.exists(STAMP):
        return False
    with open(STAMP) as stamp:
        return stamp.read() in (wanted(dev), wanted(True))


def is_usable():
    """An environment that was made by another Python is made anew."""
    version = "import sys; print(*sys.version_info[:2])"
    try:
        said = subprocess.check_output([PYTHON, "-c", version]).decode()
    except (OSError, subprocess.CalledProcessError):
        return False
    return said.split() == [str(part) for part in sys.version_info[:2]]


def make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            "This Python lacks its venv module, which makes .venv.\n"
            "On Debian or Ubuntu: apt-get install python3-venv"
        )
    print("Making .venv with {} …".format(sys.executable), flush=True)
    subprocess.check_call([sys.executable, "-m", "venv", "--clear", VENV])


def install_by_uv(dev):
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    sync = [PYTHON, "-m", "uv", "sync", "--frozen", "--quiet", "--python", PYTHON]
    # Never another Python than the one that was asked for, nor one from elsewhere.
    quiet = dict(os.environ, UV_PYTHON_DOWNLOADS="never", UV_LINK_MODE="copy")
    quiet["UV_PROJECT_ENVIRONMENT"] = VENV
    return (
        subprocess.call([*pip, UV]) == 0
        and subprocess.call([*sync, *([] if dev else ["--no-dev"])], env=quiet) == 0
    )


def install_by_pip(dev):
    listed = "requirements-dev.txt" if dev else "requirements.txt"
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*pip, "--require-hashes", "-r", listed]) != 0:
        sys.exit("The packages could not be installed; what failed stands above.")


if __name__ == "__main__":
    main()
