"""The proxy as it is deployed, with its committed configuration, on ports and in a folder of its own."""

import datetime
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "proxy" / "nginx.conf.template"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
NOT_RUN = "nginx is not installed (Debian: apt-get install nginx-light)"
HOST = "register.example"
# what is filled in when the proxy starts: "${PROXY_WEB}"
VARIABLE = re.compile(r"\$\{(PROXY_\w+)\}")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@dataclass
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    def __getitem__(self, name):
        """A header as it is understood: several of a name are one list; None if there is none."""
        return ", ".join(self.headers.get_all(name, [])) or None


class Proxy:
    """A running nginx; `web` is the port on which it looks for the register, in `folder` / "pages" for its state."""

    def __init__(self, folder):
        self.folder, self.web, self.http, self.https = folder, free_port(), free_port(), free_port()
        for name in ("pages", "documents", "state"):
            (folder / name).mkdir()

    def variables(self):
        return {
            "PROXY_STATE": self.folder / "state",
            "PROXY_LOG": self.folder / "access.log",
            "PROXY_HTTP": f"127.0.0.1:{self.http}",
            "PROXY_HTTPS": f"127.0.0.1:{self.https}",
            "PROXY_HOSTS": HOST,
            "PROXY_WEB": f"127.0.0.1:{self.web}",
            "PROXY_CHANGES": self.folder / "pages",
            "PROXY_DOCUMENTS": self.folder / "documents",
            "PROXY_ERRORS": ROOT / "proxy" / "errors",
            "PROXY_CACHE_SIZE": "10m",
            "PROXY_CERTIFICATE": self.folder / "certificate.pem",
            "PROXY_CERTIFICATE_KEY": self.folder / "key.pem",
        }

    def connection(self, timeout=20):
        context = ssl.create_default_context(cafile=self.folder / "certificate.pem")
        context.check_hostname = False  # the certificate names the register, the test the address
        return HTTPSConnection("127.0.0.1", self.https, timeout=timeout, context=context)

    def ask(self, path, method="GET", https=True, body=None, **headers):
        connection = self.connection() if https else HTTPConnection("127.0.0.1", self.http, timeout=20)
        try:
            sent = {"Host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def changes(self):
        """Public content changes, as the register notes it."""
        with open(self.folder / "pages" / "changes", "ab") as marker:
            marker.write(b".")


@contextmanager
def serving(folder):
    """A `Proxy` for as long as the block runs."""
    proxy = Proxy(folder)
    _make_certificate(folder)
    variables = {name: str(value) for name, value in proxy.variables().items()}
    configuration = VARIABLE.sub(lambda match: variables[match[1]], TEMPLATE.read_text())
    (folder / "nginx.conf").write_text(configuration)
    account = "user root; " if os.geteuid() == 0 else ""  # whose folder it is
    command = [NGINX, "-c", folder / "nginx.conf", "-p", folder, "-g", f"{account}daemon off;"]
    with open(folder / "error.log", "wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)
    try:
        _wait_for(proxy.https, process, folder)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port, process, folder):
    for _ in range(300):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError((folder / "error.log").read_text())


def _make_certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    tomorrow, number = now + datetime.timedelta(days=1), x509.random_serial_number()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), number, now, tomorrow)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    unencrypted = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*unencrypted))
