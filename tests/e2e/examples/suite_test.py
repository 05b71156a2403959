"""A test suite against the mock: isolated, so it can run beside any other; verified; with a fault and a frozen clock.

Usage: python3 tests/e2e/examples/suite_test.py     with a server at DUVO_MOCK (default http://127.0.0.1:8787)
"""

import json
import os
import unittest
import urllib.error
import urllib.request

MOCK = os.environ.get("DUVO_MOCK", "http://127.0.0.1:8787")


def call(method, url, body=None, key=None):
    """Status and JSON of one call."""
    headers = {"content-type": "application/json"}
    if key:
        headers["authorization"] = f"Bearer {key}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


class ConnectionsTest(unittest.TestCase):
    """Every class has a space: its own data, clock, faults and journal."""

    @classmethod
    def setUpClass(cls):
        cls.space = call("POST", f"{MOCK}/_mock/spaces", {})[1]

    @classmethod
    def tearDownClass(cls):
        call("DELETE", f"{MOCK}/_mock/spaces/{cls.space['name']}")

    def mock(self, method, path, body=None):
        """One call of the control plane, in the space."""
        status, answer = call(method, self.space["base_url"] + "/_mock" + path, body)
        self.assertLess(status, 300, answer)
        return answer

    def create(self, name, tries=3):
        """The code under test: creates a connection, and tries again when the server is unavailable."""
        body = {"name": name, "provider": "user", "auth_method": "url"}
        status, made = call("POST", self.space["base_url"] + "/v1/connections", body, self.space["api_key"])
        return self.create(name, tries - 1) if status == 503 and tries > 1 else (status, made)

    def test_tries_again(self):
        self.mock("POST", "/faults", {"match": {"operation": "createConnection"}, "action": {"status": 503}, "times": 2})
        self.assertEqual(self.create("Patient")[0], 201)
        match = {"operation": "createConnection", "body": {"/name": "Patient"}}
        self.mock("POST", "/verify", {"match": match, "count": 3})

    def test_time(self):
        self.mock("PUT", "/clock", {"action": "freeze", "at": "2030-01-01T00:00:00Z"})
        self.assertEqual(self.create("Timely")[1]["created_at"], "2030-01-01T00:00:00.000Z")
        self.mock("PUT", "/clock", {"action": "resume"})


if __name__ == "__main__":
    unittest.main()
