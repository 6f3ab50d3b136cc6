"""What a program prints, for the programs with which workflows compose names and tags; unknown for any other."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from gitops.doctor.actions.values import UNKNOWN
from gitops.model import COMPONENTS

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=")
_FORMER = re.compile(r"^::set-output name=([\w-]+)::(.*)$", re.MULTILINE)
_UPPER, _LOWER = ("[:upper:]", "A-Z", "[A-Z]"), ("[:lower:]", "a-z", "[a-z]")
_SILENT = (":", "true", "cd", "mkdir", "exit", "rm", "sleep", "test", "[", "[[")

Words = Sequence[str]


def assigned(word: str) -> str:
    """The variable that a word like NAME=value sets."""
    match = _ASSIGNMENT.match(word)
    return match[1] if match else ""


def pairs(written: str) -> dict[str, str] | None:
    """The lines name=value of GitHub's files; None when some name is unknown."""
    values, lines = {}, iter(written.splitlines())
    for line in lines:
        name, sign, value = line.partition("=")
        if "<<" in name:
            key, _, end = name.partition("<<")
            values[key] = "\n".join(takewhile(end.__ne__, lines))
        elif UNKNOWN in name:
            return None
        elif sign:
            values[name] = value
    return values


def former_outputs(printed: str) -> str:
    """The outputs that a script sets in the form that GitHub retired in 2023: `::set-output name=key::value`."""
    return "".join(f"{name}={value}\n" for name, value in _FORMER.findall(printed))


def with_unknown_values(written: str) -> str:
    return "".join(f"{line.partition('=')[0]}={UNKNOWN}\n" for line in written.splitlines())


def output(words: Words, stdin: str, environment: Mapping[str, str]) -> str:
    program, arguments = words[0].rpartition("/")[2], words[1:]
    if program in _SILENT:
        return ""
    if program == "git" and arguments[:1] == ("rev-parse",):
        return _revision(arguments[1:], environment)
    if (gitops := gitops_command(words)) and gitops[0] == "build-needed":
        refused = gitops[1:] and UNKNOWN not in gitops[1] and gitops[1] not in COMPONENTS
        return "" if refused else f"needed={build_needed(environment)}\n"
    function = _PROGRAMS.get(program)
    return function(arguments, stdin) if function else UNKNOWN


def gitops_command(words: Words) -> tuple[str, ...]:
    """The command of gitops and its arguments, without the options before it; empty when this is no call of it."""
    for program in (("python", "-m", "gitops"), ("python3", "-m", "gitops"), ("gitops",)):
        if tuple(words[: len(program)]) == program:
            rest = list(words[len(program) :])
            while rest and rest[0].startswith("--"):
                option = rest.pop(0)
                del rest[: "=" not in option and not option.startswith("--no-") and option != "--render"]
            return tuple(rest)
    return ()


def build_needed(environment: Mapping[str, str]) -> str:
    """The answer of `gitops build-needed` for a commit that changes the component, and by hand when nothing changed."""
    if environment.get("GITHUB_EVENT_NAME") != "workflow_dispatch":
        return "true"
    always = environment.get("GITOPS_ALWAYS", "")
    return UNKNOWN if UNKNOWN in always else str(always.lower() in ("true", "1", "yes", "on")).lower()


def _revision(arguments: Words, environment: Mapping[str, str]) -> str:
    sizes = [int(found[1] or 7) for word in arguments if (found := re.fullmatch(r"--short(?:=(\d+))?", word))]
    if [word for word in arguments if not word.startswith("-")] != ["HEAD"] or "--abbrev-ref" in arguments:
        return UNKNOWN
    return f"{environment.get('GITHUB_SHA', UNKNOWN)[: sizes[0] if sizes else 40]}\n"


def _echo(arguments: Words, _: str) -> str:
    options = [word for word in arguments[:2] if re.fullmatch(r"-[neE]+", word)]
    end = "" if any("n" in word for word in options) else "\n"
    return " ".join(arguments[len(options) :]) + end


def _printf(arguments: Words, _: str) -> str:
    if not arguments:
        return ""
    pattern, values = arguments[0].replace("\\n", "\n"), list(arguments[1:])
    slots = pattern.count("%s")
    if "%" in pattern.replace("%s", "") or (slots and len(values) % slots):
        return UNKNOWN
    rounds = [values[at : at + slots] for at in range(0, len(values), slots)] if slots else [[]]
    return "".join(pattern.replace("%s", "{}").format(*some) for some in rounds) if "{" not in pattern else UNKNOWN


def _tr(arguments: Words, stdin: str) -> str:
    if len(arguments) != 2 or arguments[0] == "-s":
        return UNKNOWN
    old, new = arguments
    if old in _UPPER and new in _LOWER:
        return stdin.lower()
    if old in _LOWER and new in _UPPER:
        return stdin.upper()
    if old == "-d":
        return stdin.translate({ord(sign): None for sign in new.replace("\\n", "\n")}) if "[" not in new else UNKNOWN
    return stdin.replace(old, new) if len(old) == len(new) == 1 else UNKNOWN


def _cut(arguments: Words, stdin: str) -> str:
    written, text = " ".join(arguments), stdin.removesuffix("\n")
    if UNKNOWN in text:
        return UNKNOWN
    if part := re.fullmatch(r"-[cb] ?(\d*)-(\d+)", written):
        return text[int(part[1] or 1) - 1 : int(part[2])] + "\n"
    if part := re.fullmatch(r"-d ?(.) -f ?(\d+)", written):
        return (text.split(part[1])[int(part[2]) - 1 : int(part[2])] or [""])[0] + "\n"
    return UNKNOWN


def _head(arguments: Words, stdin: str) -> str:
    size = re.fullmatch(r"-c ?(\d+)", " ".join(arguments))
    return stdin[: int(size[1])] if size and UNKNOWN not in stdin else UNKNOWN


def _basename(arguments: Words, _: str) -> str:
    return f"{arguments[0].rpartition('/')[2]}\n" if len(arguments) == 1 else UNKNOWN


_PROGRAMS: Mapping[str, Callable[[Words, str], str]] = {
    "echo": _echo,
    "printf": _printf,
    "tr": _tr,
    "cut": _cut,
    "head": _head,
    "basename": _basename,
    "cat": lambda arguments, stdin: UNKNOWN if arguments else stdin,
}
