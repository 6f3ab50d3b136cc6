"""What the build of an image and the installation of packages say."""

from gitops.doctor.logs.fault import Fault, phrase

BUILDS = (
    Fault(
        "dockerfile-missing",
        (phrase("failed to read dockerfile"), phrase("unable to prepare context"), phrase("Cannot locate Dockerfile")),
        "There is no Dockerfile at the path that the build was given.",
        "Give `file:` the path from the repository's root: backend/Dockerfile.",
    ),
    Fault(
        "build-file-missing",
        (
            phrase("failed to calculate checksum of ref"),
            phrase("failed to compute cache key"),
            phrase("COPY failed"),
            phrase("ADD failed"),
            phrase("forbidden path outside the build context"),
        ),
        "A COPY names a file that the build context does not have, or that .dockerignore leaves out.",
        "The context is the repository's root (`context: .`); correct the path, or the ignore file of the Dockerfile.",
    ),
    Fault(
        "build-stage-missing",
        (phrase("target stage * could not be found"), phrase("invalid from flag value"), phrase("unknown build stage")),
        "The Dockerfile has no stage of the name that is asked for.",
        "Compare `target:` and the names in `--from=` with the stages of the Dockerfile.",
    ),
    Fault(
        "exec-format-error",
        (
            phrase("exec format error"),
            phrase("no match for platform in manifest"),
            phrase("no matching manifest for"),
            phrase("does not match the * platform"),
        ),
        "The image is built for another kind of processor than the node's.",
        "Build for linux/amd64 and linux/arm64, and deploy by the digest of the index.",
        "images-are-what-their-tag-says",
        ("image-pull-back-off", "crash-loop", "manifest-unknown"),
    ),
    Fault(
        "emulation-failed",
        (phrase("qemu: uncaught target signal"), phrase("qemu: unhandled")),
        "The emulator for the other platform crashed during the build.",
        "Build what runs tools with `FROM --platform=$BUILDPLATFORM`, or on a machine of that platform.",
    ),
    Fault(
        "lock-out-of-date",
        (
            phrase("package.json and package-lock.json * in sync"),
            phrase("Missing: * from lock file"),
            phrase("Invalid: lock file"),
            phrase("lockfile needs to be updated"),
        ),
        "The lock file does not hold what package.json asks for.",
        "Run `make lock`, and commit the lock file with the change.",
    ),
    Fault(
        "hashes-do-not-match",
        (phrase("DO NOT MATCH THE HASHES"), phrase("In --require-hashes mode"), phrase("EINTEGRITY")),
        "A package is not the one that was locked, or is not locked at all.",
        "Run `make lock`, and commit the lock files.",
    ),
    Fault(
        "package-not-found",
        (
            phrase("No matching distribution found for"),
            phrase("Could not find a version that satisfies the requirement"),
            phrase("code E404"),
            phrase("code ETARGET"),
            phrase("Unable to locate package"),
        ),
        "The package, or this version of it, does not exist, or not for this version of the language or processor.",
        "Correct its name or version, and lock anew; a wheel may be missing for the Python of the image.",
    ),
    Fault(
        "packages-conflict",
        (phrase("code ERESOLVE"), phrase("ERESOLVE unable to resolve"), phrase("ResolutionImpossible")),
        "Two packages ask for versions of a third one that exclude each other.",
        "Update them together, or pin the older of the two, and lock anew.",
    ),
    Fault(
        "module-missing",
        (
            phrase("ModuleNotFoundError: No module named"),
            phrase("Cannot find module"),
            phrase("ERR_MODULE_NOT_FOUND"),
            phrase("ImportError: cannot import name"),
            phrase("Could not import module"),
            phrase("failed to resolve import"),
        ),
        "The program imports what is not installed, or is started where it cannot see its own code.",
        "Name the package in pyproject.toml or package.json and lock it; in a workflow, set PYTHONPATH.",
        explains=("crash-loop", "python-error"),
    ),
    Fault(
        "cache-not-written",
        (
            phrase("error writing layer blob"),
            phrase("error writing manifest blob"),
            phrase("failed to export cache"),
            phrase("gha cache exporter"),
            phrase("Failed to save: Unable to reserve cache"),
            phrase("Cache service responded with"),
            phrase("legacy service is shutting down"),
        ),
        "The build's cache could not be written to GitHub's service; the image itself is not at fault.",
        "Run the job again; `ignore-error=true` in cache-to keeps the build green without its cache.",
    ),
    Fault(
        "disk-full",
        (
            phrase("no space left on device"),
            phrase("ENOSPC"),
            phrase("running out of disk space"),
            phrase("node.kubernetes.io/disk-pressure"),
        ),
        "The runner's or the node's disk is full; in a pod, an emptyDir has reached its sizeLimit.",
        "Clean up before the build, or raise sizeLimit.",
        explains=("cache-not-written", "image-pull-back-off", "crash-loop", "cannot-be-scheduled"),
    ),
    Fault(
        "builder-not-set-up",
        (
            phrase("not supported for * docker driver"),
            phrase("docker exporter does not * support exporting manifest lists"),
            phrase("no builder * found"),
        ),
        "Docker's own builder builds for one platform only, and keeps no cache elsewhere.",
        "Call docker/setup-buildx-action before the build; here: `docker buildx create --use`.",
    ),
    Fault(
        "container-name-in-use",
        (phrase("The container name * is already in use"),),
        "A container of this name is left from before.",
        "`docker compose down`, or `docker rm --force NAME`.",
    ),
    Fault(
        "no-docker",
        (phrase("Cannot connect to the Docker daemon"), phrase("docker.sock: connect: permission denied")),
        "No Docker engine runs here, or this user may not use it.",
        "Start Docker; on Linux, add the user to the group docker and log in again.",
    ),
)
