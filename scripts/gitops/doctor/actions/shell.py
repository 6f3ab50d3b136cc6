"""A shell script run as data: which commands it would run with which words, and what it writes to GitHub's files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gitops.doctor.actions import programs, words
from gitops.doctor.actions.values import UNKNOWN

_RUNNERS = ("GITHUB_", "RUNNER_", "ACTIONS_", "DOCKER_METADATA_OUTPUT_")
_BASHS_OWN = ("BASH_REMATCH", "RANDOM", "SECONDS", "HOSTNAME", "IFS", "OPTARG", "REPLY", "EPOCHSECONDS", "LINENO")
_SETTING = ("read", "mapfile", "readarray", "getopts", "for", "select")
_OPENING = {"if": "fi", "for": "done", "while": "done", "until": "done", "case": "esac", "select": "done"}
_BETWEEN = ("then", "do", "else", "elif", "in", "!", "time")
_SEPARATORS = ("\n", ";", "&", "&&", "||", "|", "|&", ";;")
_LONGEST, _MOST_SUBSTITUTIONS = 21_000, 500


@dataclass(frozen=True, slots=True)
class Command:
    """`piped`: its exit status is lost in a pipe, as bash takes that of the last command unless `pipefail` is set."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    piped: bool = False

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass
class Shell:
    """`variables` is the environment; with `complete`, a variable that it lacks is empty, and otherwise unknown.

    `unset`: those that were asked for and that nothing has set.
    """

    variables: dict[str, str]
    complete: bool = True
    pipefail: bool = False
    commands: list[Command] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    unset: set[str] = field(default_factory=set)

    def run(self, script: str) -> "Shell":
        """Runs the script; where it cannot be followed, what it may have written is unknown."""
        try:
            if len(script) > _LONGEST or script.count("$(") + script.count("${") > _MOST_SUBSTITUTIONS:
                raise RecursionError
            walk = _Walk(self)
            walk.walk(script)
            self.files["GITHUB_OUTPUT"] = programs.former_outputs(walk.printed)
        except RecursionError:
            self.files = dict.fromkeys(("GITHUB_OUTPUT", "GITHUB_ENV"), UNKNOWN)
        return self

    def variable(self, name: str, has_default: bool) -> str:
        if name in self.variables:
            return self.variables[name]
        is_runners = name.startswith(_RUNNERS) or name in ("HOME", "PATH", "PWD", "USER", "CI", *_BASHS_OWN)
        if is_runners or not self.complete:
            return UNKNOWN
        self.unset |= set() if has_default else {name}
        return ""

    def written(self, name: str) -> str:
        """What the script wrote to the file that a variable names, such as GITHUB_OUTPUT or GITHUB_ENV."""
        return self.files.get(self.variables.get(name, name), "") + self.files.get(name, "")

    def output(self, script: str) -> str:
        """The output of a command substitution, `$( )`."""
        inner = Shell(dict(self.variables), self.complete, self.pipefail, self.commands, self.files, self.unset)
        walk = _Walk(inner)
        walk.walk(script)
        return walk.printed.rstrip("\n")

    def expand(self, word: str) -> str:
        return words.expand(word, self.variable, self.output)


@dataclass
class _Walk:
    """Goes through the commands as they stand. `blocks`: what is still open, with what was printed before it."""

    shell: Shell
    printed: str = ""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    redirects: list[tuple[str, str]] = field(default_factory=list)
    stdin: str = ""
    closed: str | None = None
    awaiting: str = ""

    def walk(self, script: str) -> None:
        for is_operator, token in [*words.tokens(script), (True, "\n")]:
            if is_operator:
                self._operator(token)
            else:
                self._word(token)

    @property
    def _uncertain(self) -> bool:
        return any(kind not in ("{", "(") for kind, _ in self.blocks)

    def _word(self, token: str) -> None:
        if self.awaiting:
            self.redirects.append((self.awaiting, self.shell.expand(token)))
            self.awaiting = ""
        elif not self.pending and token in _OPENING:
            self.blocks.append((_OPENING[token], self.printed))
            self.pending = [token] if token in ("for", "case", "select") else []
        elif not self.pending and self.blocks and token == self.blocks[-1][0]:
            self.blocks.pop()
        elif not self.pending and token in _BETWEEN:
            pass
        elif token == "in" and self.pending[:1] == ["case"]:
            self.pending = []
        else:
            self.pending.append(token)

    def _operator(self, token: str) -> None:
        if token in _SEPARATORS:
            self._end(token)
        elif token in ("{", "("):
            self.blocks.append(("function" if self.pending else token, self.printed))
            self.printed, self.pending = "", [] if token == "(" and self.pending else self.pending
        elif token in ("}", ")"):
            self._close()
        elif token in ("<<", "<<-"):
            self.stdin = UNKNOWN
        elif token[-1] in "<>&":
            self.awaiting = token

    def _close(self) -> None:
        self._end("\n")
        if self.blocks and self.blocks[-1][0] in ("{", "(", "function"):
            _, before = self.blocks.pop()
            self.closed, self.printed = self.printed, before

    def _end(self, separator: str) -> None:
        """Runs what stands before a separator; what it prints goes to files, into the next command, or out."""
        printed = self.closed if self.closed is not None else self._run(separator in ("|", "|&"))
        files = [file for sign, file in self.redirects if sign in (">", ">>", "1>", "1>>", "&>", "&>>")]
        for file in files:
            self._write(file, printed)
        piped = separator in ("|", "|&")
        self.stdin = printed if piped else ""
        if not files and not piped:
            self.printed += printed
        self.pending, self.redirects, self.closed = [], [], None

    def _run(self, piped: bool) -> str:
        pending = self.pending
        if not pending:
            return ""
        if pending[0] in _SETTING:
            self.shell.variables |= dict.fromkeys(pending[1:], UNKNOWN)
            return ""
        assigned = {}
        while pending and (name := programs.assigned(pending[0])):
            value = self.shell.expand(pending[0][len(name) + 1 :])
            assigned[name] = UNKNOWN if self._uncertain else value
            pending = pending[1:]
        if not pending:
            self.shell.variables |= assigned
            return ""
        called = tuple(self.shell.expand(word) for word in pending)
        environment = self.shell.variables | assigned
        self.shell.commands.append(Command(called, environment, piped and not self.shell.pipefail))
        return self._effect(called, environment)

    def _effect(self, called: tuple[str, ...], environment: Mapping[str, str]) -> str:
        stdin = next((f"{text}\n" for sign, text in self.redirects if sign == "<<<"), self.stdin)
        if called[0] in ("export", "readonly", "local", "declare", "typeset"):
            for word in called[1:]:
                if name := programs.assigned(word):
                    self.shell.variables[name] = UNKNOWN if self._uncertain else word[len(name) + 1 :]
            return ""
        if called[0] in ("source", ".", "eval"):
            self.shell.complete = False
            return UNKNOWN
        if called[0] == "set":
            self.shell.pipefail |= "pipefail" in called
            return ""
        if called[0] == "tee":
            for file in called[1:]:
                self._write(file, stdin)
            return stdin
        return programs.output(called, stdin, environment)

    def _write(self, file: str, printed: str) -> None:
        text = programs.with_unknown_values(printed) if self._uncertain else printed
        self.shell.files[file] = self.shell.files.get(file, "") + text
