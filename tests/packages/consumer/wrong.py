"""What a strict type checker has to refuse: each line that says so."""

import duvo_mock

mock = duvo_mock.start(prot=1)  # refused
space = mock.space(fixture="empty")  # refused
space.fault(match={"operation": "createConection"}, action={"status": 503})  # refused
space.fault(match={})  # refused
space.verify(match={"opration": "createConnection"})  # refused
space.oauth.next(outcome="perhaps")  # refused
space.transition("id", "gone")  # refused
space.call("createConection")  # refused
space.call("createConnection", body={"name": "x", "provider": "user", "auth_method": "url"})  # refused
space.call("listConnectionsV1", limt=1)  # refused
space.call("createConnectionV1", body={"name": "x", "provider": "user", "auth_methd": "url"})  # refused
space.call("orderFault", body={"match": {}, "action": {}})  # refused
duvo_mock.attach("http://127.0.0.1:1").pid  # refused
