"""Faults that git reports, and GitHub to the one who pushes."""

from gitops.doctor.logs.fault import Fault, phrase

GIT = (
    Fault(
        "push-overtaken",
        (
            phrase("[rejected] * (fetch first)"),
            phrase("[rejected] * (non-fast-forward)"),
            phrase("[remote rejected] * (cannot lock ref"),
            phrase("Updates were rejected because"),
            phrase("[rejected] * (stale info)"),
        ),
        "Somebody else pushed first.",
        "Fetch, reset, compute anew and push again, as `gitops` does; a rebase conflicts on adjacent lines.",
        "pushes-are-tried-again",
    ),
    Fault(
        "nothing-to-commit",
        (
            phrase("nothing to commit"),
            phrase("nothing added to commit"),
            phrase("no changes added to commit"),
        ),
        "`git commit` fails when there is no change, so that a run with nothing to do is red.",
        "Ask `git diff --cached --quiet` first, or call `gitops update`.",
        "runs-with-nothing-to-commit-succeed",
        ends_step=True,
    ),
    Fault(
        "push-not-allowed",
        (
            phrase("Permission to * denied to"),
            phrase("Write access to repository not granted"),
            phrase("unable to access * The requested URL returned error: 403"),
        ),
        "The job's token may only read.",
        "Give the job `permissions: contents: write`.",
        "jobs-have-the-permissions-that-they-need",
    ),
    Fault(
        "workflow-files-not-allowed",
        (phrase("refusing to allow * to create or update workflow"),),
        "A commit changes a file in .github/workflows, which the token of a workflow may never push.",
        "Push that commit by hand, or with a token that has the permission `workflows`.",
    ),
    Fault(
        "branch-is-protected",
        (
            phrase("GH006"),
            phrase("GH013"),
            phrase("hook declined"),
            phrase("Changes must be made through a pull request"),
        ),
        "A rule of the branch keeps the workflow from pushing.",
        "Let gitops write to a branch of its own: set the repository variable GITOPS_DEPLOY_BRANCH.",
    ),
    Fault(
        "secret-in-commit",
        (phrase("GITHUB PUSH PROTECTION"), phrase("Push cannot contain secrets")),
        "A commit holds what looks like a password or token, and GitHub does not take it.",
        "Take it out of the commit and its history, revoke it, and give it to the step as a secret.",
        explains=("branch-is-protected",),
    ),
    Fault(
        "git-without-identity",
        (phrase("Please tell me who you are"), phrase("Author identity unknown"), phrase("empty ident name")),
        "git does not know who makes the commit.",
        "Set GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL.",
    ),
    Fault(
        "git-without-credentials",
        (
            phrase("could not read Username for"),
            phrase("could not read Password for"),
            phrase("Authentication failed for"),
            phrase("Permission denied (publickey)"),
            phrase("terminal prompts disabled"),
        ),
        "git has no password or key for the remote, or one that it does not accept.",
        "Give the step GITHUB_TOKEN, as GitOps Deploy does; by hand, log in with `gh auth login`.",
    ),
    Fault(
        "repository-missing",
        (phrase("remote: Repository not found"), phrase("fatal: repository * not found")),
        "GitHub knows no repository of this address, or the one who asks may not read it.",
        "Correct the address (`git remote -v`), or log in as somebody who may read it.",
    ),
    Fault(
        "file-too-large",
        (phrase("exceeds GitHub's file size limit"), phrase("GH001")),
        "GitHub takes no file of more than 100 MB.",
        "Take the file out of the commit; the index is built with the image, and never committed.",
    ),
    Fault(
        "merge-conflict",
        (
            phrase("CONFLICT ("),
            phrase("Automatic merge failed"),
            phrase("could not apply * ..."),
            phrase("Merge conflict in"),
        ),
        "Both sides changed the same lines.",
        "For the upstream of a fork use `gitops sync-upstream`; otherwise resolve the files that it names.",
    ),
    Fault(
        "history-is-shallow",
        (
            phrase("is a shallow clone"),
            phrase("shallow update not allowed"),
            phrase("refusing to merge unrelated histories"),
        ),
        "The clone has only the newest commits, which cannot tell what comes before what.",
        "Give actions/checkout `fetch-depth: 0`, or run `git fetch --unshallow`.",
    ),
    Fault(
        "no-working-tree",
        (phrase("fatal: not a git repository"),),
        "git was called in a folder that belongs to no repository.",
        "Run actions/checkout first, or change to the folder of the clone.",
    ),
    Fault(
        "git-is-locked",
        (phrase(".lock': File exists"), phrase("Another git process seems to be running")),
        "Another git command runs in this clone, or one that was stopped left its lock file.",
        "Wait for the other command; if there is none, delete the file that it names.",
    ),
    Fault(
        "repository-of-another-user",
        (phrase("detected dubious ownership in repository"),),
        "The folder belongs to another user than git runs as, as in a container.",
        "Run `git config --global --add safe.directory FOLDER` in that step.",
    ),
)
