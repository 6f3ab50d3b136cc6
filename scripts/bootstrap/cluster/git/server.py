"""Lets git's http-backend answer for /git/OWNER/NAME.git, under the address /OWNER/NAME. For reading only."""

import os
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Whoever owns the folder outside, here it belongs to nobody.
SETTINGS = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
LARGEST = 1024 * 1024


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        owner, name, rest = [*path.strip("/").split("/", 2), "", "", ""][:3]
        body = self.rfile.read(min(LARGEST, int(self.headers.get("Content-Length", 0))))
        environment = {
            "PATH": os.environ["PATH"],
            **SETTINGS,
            "GIT_PROJECT_ROOT": "/git",
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "QUERY_STRING": query,
            "PATH_INFO": f"/{owner}/{name.removesuffix('.git')}.git/{rest}",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, stdout=subprocess.PIPE)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for key, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815


ThreadingHTTPServer(("", 80), Handler).serve_forever()
