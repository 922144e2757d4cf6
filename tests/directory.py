"""A directory of people on this machine, which lets everybody in: as much of OpenID Connect as the register asks."""

import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET = "register", "secret-of-the-register-with-32-letters"


class Directory:
    """Says `claims` of whoever comes with a code; `asked` holds what it was asked for."""

    def __init__(self):
        self.claims, self.id_claims, self.asked, self.is_broken = {}, {}, [], False
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _handler(directory):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._answer({})

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                self._answer(parse_qs(self.rfile.read(length).decode()))

            def _answer(self, sent):
                path = urlsplit(self.path).path
                directory.asked.append((path, sent))
                body = json.dumps(directory.answers()[path]).encode()
                self.send_response(500 if directory.is_broken else 200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        return Handler

    def answers(self):
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/token": {"access_token": "access", "token_type": "Bearer", "id_token": self._id_token()},
            "/userinfo": self.claims,
        }

    def _id_token(self):
        now = int(time.time())
        about = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60} | self.claims | self.id_claims
        return jwt.encode(about, SECRET, algorithm="HS256")


@contextmanager
def running_directory():
    directory = Directory()
    thread = Thread(target=directory.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield directory
    directory.server.shutdown()
    directory.server.server_close()
    thread.join()
