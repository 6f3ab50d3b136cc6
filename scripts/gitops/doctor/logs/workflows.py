"""What GitHub's workflows and runners say."""

from gitops.doctor.logs.fault import Fault, pattern, phrase

WORKFLOWS = (
    Fault(
        "workflow-not-valid",
        (
            phrase("Invalid workflow file"),
            phrase("workflow is not valid"),
            phrase("Unrecognized named-value"),
            phrase("Unrecognized function"),
            phrase("error parsing called workflow"),
            phrase("The template is not valid"),
            phrase("Unable to process file command"),
        ),
        "GitHub cannot read the workflow, so none of its jobs ran.",
        "Correct the line that it names; `actionlint` finds such faults before the push.",
    ),
    Fault(
        "action-not-found",
        (
            phrase("Unable to resolve action"),
            phrase("Can't find 'action.yml'"),
            phrase("repository or version not found"),
        ),
        "The action, or the version or commit of it, does not exist.",
        "Compare `uses:` with the action's releases; a local action needs actions/checkout before it.",
    ),
    Fault(
        "token-cannot-be-signed-for",
        (phrase("ACTIONS_ID_TOKEN_REQUEST_URL"), phrase("Unable to get OIDC token"), phrase("Error getting ID token")),
        "The attestation needs a token of the job's identity, which it may not ask for.",
        "Give the job `permissions: id-token: write` and `attestations: write`.",
        "jobs-have-the-permissions-that-they-need",
    ),
    Fault(
        "attestation-not-stored",
        (phrase("Failed to persist attestation"), phrase("Feature not available for")),
        "GitHub does not store attestations for this repository: it is private, and its plan has none.",
        "Skip the step for private repositories; the image can be deployed without it.",
        explains=("token-lacks-permission",),
    ),
    Fault(
        "token-lacks-permission",
        (phrase("Resource not accessible by integration"), phrase("Bad credentials")),
        "The token lacks a permission for what the step asks of GitHub, or is not valid any more.",
        "Declare it in the job's `permissions`; in a pull request of a fork the token is read-only.",
        "jobs-have-the-permissions-that-they-need",
    ),
    Fault(
        "job-timed-out",
        (
            phrase("exceeded the maximum execution time"),
            phrase("exceeded the maximum time limit"),
            phrase("The action * has timed out after"),
        ),
        "The job ran longer than its timeout-minutes.",
        "Find the slow step in the log: emulation of another processor takes longest. Raise timeout-minutes last.",
        explains=("run-cancelled",),
    ),
    Fault(
        "run-cancelled",
        (
            phrase("Canceling since a higher priority waiting request"),
            phrase("Canceling since a deadlock"),
            phrase("The operation was canceled"),
            phrase("The run was canceled by"),
        ),
        "The run was ended by somebody, or by a newer run of the same concurrency group.",
        "Look at the newer run; what writes to main needs cancel-in-progress: false.",
        "writers-share-a-concurrency-group",
    ),
    Fault(
        "runner-lost",
        (
            phrase("The runner has received a shutdown signal"),
            phrase("lost communication with the server"),
            phrase("runner * did not respond"),
        ),
        "The machine that ran the job went away, often because it had no memory or disk left.",
        "Run the job again; if it stays, look at what the last step needs.",
        explains=("run-cancelled",),
    ),
    Fault(
        "runner-not-paid",
        (phrase("recent account payments have failed"), phrase("spending limit needs to be increased")),
        "GitHub starts no job for this account until a payment is settled.",
        "Settings, Billing and plans; public repositories run for nothing.",
    ),
    Fault(
        "python-error",
        (phrase("Traceback (most recent call last)"),),
        "A Python program ended with an error that it does not explain.",
        "The last line of the traceback, below this one, names the error, and the lines above it the place.",
        explains=("crash-loop",),
    ),
    Fault(
        "command-not-found",
        (
            phrase(": command not found"),
            pattern(r"sh: (?:line )?\d+: \S+: not found", "sh", "not", "found"),
            phrase("Process completed with exit code 127"),
        ),
        "A program that the step calls is not installed on the runner, or not on its PATH.",
        "Install it in a step before, with a version and a checksum.",
    ),
    Fault(
        "tests-failed",
        (
            phrase("short test summary info"),
            phrase("Tests * failed |"),
            phrase("Test Files * failed"),
        ),
        "A test of the commit fails, so that no image of it may be deployed.",
        "The lines above name the test; `make test` runs it here.",
        ends_step=True,
    ),
)
