import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duvo-mock on a free port for a test suite. It ends with close(), and with this process, however that ends. */
public final class DuvoMock implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("^duvo-mock ready url=(\\S+) key=(\\S+)");

    private final Process process;
    public final String url, key;

    /** The options are those of the command line. */
    public DuvoMock(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("duvo-mock", "serve", "--port", "0", "--exit-with-stdin"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
        Matcher ready = READY.matcher(line == null ? "" : line);
        if (!ready.find())
            throw new IOException("duvo-mock did not start");
        url = ready.group(1);
        key = ready.group(2);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
