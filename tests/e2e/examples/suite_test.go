// A test suite against the mock, with the standard library alone.
// Usage: go test tests/e2e/examples/suite_test.go     with a server at DUVO_MOCK (default http://127.0.0.1:8787)
package suite

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"testing"
)

type object = map[string]any

// call sends one request and returns its status and JSON.
func call(t *testing.T, method, url, key string, body object) (int, object) {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(method, url, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	var answer object
	if err := json.NewDecoder(reply.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return reply.StatusCode, answer
}

// space gives the test a world of its own: data, clock, faults and journal.
func space(t *testing.T) (base, key string) {
	t.Helper()
	mock := os.Getenv("DUVO_MOCK")
	if mock == "" {
		mock = "http://127.0.0.1:8787"
	}
	_, made := call(t, "POST", mock+"/_mock/spaces", "", object{})
	t.Cleanup(func() { call(t, "DELETE", mock+"/_mock/spaces/"+made["name"].(string), "", object{}) })
	return made["base_url"].(string), made["api_key"].(string)
}

// create is the code under test: it tries again when the server is unavailable.
func create(t *testing.T, base, key, name string) (status int, made object) {
	for tries := 0; tries < 3; tries++ {
		status, made = call(t, "POST", base+"/v1/connections", key,
			object{"name": name, "provider": "user", "auth_method": "url"})
		if status != http.StatusServiceUnavailable {
			break
		}
	}
	return status, made
}

func TestTriesAgain(t *testing.T) {
	base, key := space(t)
	call(t, "POST", base+"/_mock/faults", "", object{
		"match": object{"operation": "createConnection"}, "action": object{"status": 503}, "times": 2})
	if status, made := create(t, base, key, "Patient"); status != http.StatusCreated {
		t.Fatalf("status %d: %v", status, made)
	}
	status, seen := call(t, "POST", base+"/_mock/verify", "", object{
		"match": object{"operation": "createConnection"}, "count": 3})
	if status != http.StatusOK {
		t.Fatal(seen["message"])
	}
}

func TestTime(t *testing.T) {
	base, key := space(t)
	call(t, "PUT", base+"/_mock/clock", "", object{"action": "freeze", "at": "2030-01-01T00:00:00Z"})
	if _, made := create(t, base, key, "Timely"); made["created_at"] != "2030-01-01T00:00:00.000Z" {
		t.Fatal(made["created_at"])
	}
}
