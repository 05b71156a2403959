"""A test suite against the mock: isolated, so it can run beside any other; verified; with a fault and a frozen clock.

Usage: python3 tests/e2e/examples/suite_test.py     with a server at DUVO_MOCK (default http://127.0.0.1:8787)
Needs requests (Debian: python3-requests).
"""

import os
import unittest

import requests

MOCK = os.environ.get("DUVO_MOCK", "http://127.0.0.1:8787")


def create(base_url, key, name, tries=3):
    """The code under test: creates a connection, and tries again when the server is unavailable."""
    body = {"name": name, "provider": "user", "auth_method": "url"}
    reply = requests.post(f"{base_url}/v1/connections", json=body, headers={"Authorization": f"Bearer {key}"}, timeout=10)
    return create(base_url, key, name, tries - 1) if reply.status_code == 503 and tries > 1 else reply


class ConnectionsTest(unittest.TestCase):
    """Every class has a space: its own data, clock, faults and journal."""

    @classmethod
    def setUpClass(cls):
        cls.space = requests.post(f"{MOCK}/_mock/spaces", json={}, timeout=10).json()

    @classmethod
    def tearDownClass(cls):
        requests.delete(f"{MOCK}/_mock/spaces/{cls.space['name']}", timeout=10).raise_for_status()

    def mock(self, method, path, body=None):
        """One call of the control plane, in the space."""
        reply = requests.request(method, f"{self.space['base_url']}/_mock{path}", json=body, timeout=10)
        self.assertTrue(reply.ok, reply.text)
        return reply.json()

    def create(self, name):
        return create(self.space["base_url"], self.space["api_key"], name)

    def test_tries_again(self):
        self.mock("POST", "/faults", {"match": {"operation": "createConnection"}, "action": {"status": 503}, "times": 2})
        self.assertEqual(self.create("Patient").status_code, 201)
        match = {"operation": "createConnection", "body": {"/name": "Patient"}}
        self.mock("POST", "/verify", {"match": match, "count": 3})

    def test_time(self):
        self.mock("PUT", "/clock", {"action": "freeze", "at": "2030-01-01T00:00:00Z"})
        self.assertEqual(self.create("Timely").json()["created_at"], "2030-01-01T00:00:00.000Z")
        self.mock("PUT", "/clock", {"action": "resume"})


if __name__ == "__main__":
    unittest.main()
