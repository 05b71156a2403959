import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A suite without a framework: makes a space, creates a connection in it, and verifies that. */
public final class Suite {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static String post(int status, String url, String key, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        HttpResponse<String> reply = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != status)
            throw new AssertionError(reply.statusCode() + " " + reply.body());
        return reply.body();
    }

    private static String member(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find())
            throw new AssertionError("no " + name + " in " + json);
        return found.group(1);
    }

    private static void createsAConnection(DuvoMock mock) throws Exception {
        String space = post(201, mock.url + "/_mock/spaces", "", "{\"fixtures\": \"empty\"}");
        String base = member(space, "base_url"), key = member(space, "api_key");
        String made = post(201, base + "/v1/connections", key,
                "{\"name\": \"Ours\", \"provider\": \"user\", \"auth_method\": \"url\"}");
        if (!member(made, "name").equals("Ours"))
            throw new AssertionError(made);
        post(200, base + "/_mock/verify", "", "{\"match\": {\"operation\": \"createConnection\"}, \"count\": 1}");
    }

    private static void saysWhyItDidNotStart() throws IOException {
        try {
            new DuvoMock("--prot", "1").close();
            throw new AssertionError("it started");
        } catch (IOException expected) {
            System.out.println(expected.getMessage());
        }
    }

    /** With an argument it waits, to be killed from outside: the server goes, too. */
    public static void main(String[] arguments) throws Exception {
        try (DuvoMock mock = new DuvoMock("--log", "off")) {
            if (arguments.length > 0) {
                System.out.println(mock.url);
                Thread.sleep(60000);
            }
            createsAConnection(mock);
        }
        saysWhyItDidNotStart();
        System.out.println("OK");
    }
}
