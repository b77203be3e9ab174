// Kafka's StandardAuthorizer as the oracle: reads ACLs and questions, prints an answer each, 1 for allowed and 0 for denied.
//   java -cp 'libs/*' AuthorizerOracle.java < cases
// Lines, fields divided by tabs:
//   S superUsers allowIfNoAcl                                              a new set of ACLs; a line is printed for the one before
//   A resourceType patternType principal host operation permissionType name
//   Q principal host operation resourceType name
//   T principal host operation resourceType                                on any resource of the type
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.SecurityUtils;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

public class AuthorizerOracle {
    private static final Metrics METRICS = new Metrics();

    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StandardAuthorizer authorizer = null;
        StringBuilder answers = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "S":
                    if (authorizer != null) answers.append('\n');
                    authorizer = open(fields[1], fields[2]);
                    break;
                case "A":
                    authorizer.addAcl(Uuid.randomUuid(), aclOf(fields));
                    break;
                case "Q":
                    answers.append(mark(named(authorizer, fields)));
                    break;
                case "T":
                    answers.append(mark(authorizer.authorizeByResourceType(
                        new Asker(fields[1], fields[2]), operation(fields[3]), type(fields[4]))));
                    break;
                default:
                    throw new IllegalArgumentException(line);
            }
        }
        System.out.println(answers);
    }

    private static StandardAuthorizer open(String superUsers, String allowIfNoAcl) {
        StandardAuthorizer authorizer = new StandardAuthorizer();
        Map<String, Object> settings = new HashMap<>();
        settings.put(StandardAuthorizer.SUPER_USERS_CONFIG, superUsers);
        settings.put(StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG, allowIfNoAcl);
        settings.put("node.id", "1");
        authorizer.configure(settings);
        authorizer.withPluginMetrics(new NoMetrics());
        authorizer.completeInitialLoad();
        return authorizer;
    }

    private static StandardAcl aclOf(String[] fields) {
        return new StandardAcl(type(fields[1]), fields[7], PatternType.fromCode(Byte.parseByte(fields[2])), fields[3], fields[4],
            operation(fields[5]), AclPermissionType.fromCode(Byte.parseByte(fields[6])));
    }

    private static AuthorizationResult named(StandardAuthorizer authorizer, String[] fields) throws Exception {
        ResourcePattern resource = new ResourcePattern(type(fields[4]), fields[5], PatternType.LITERAL);
        Action action = new Action(operation(fields[3]), resource, 1, false, false);
        return authorizer.authorize(new Asker(fields[1], fields[2]), List.of(action)).get(0);
    }

    private static char mark(AuthorizationResult result) {
        return result == AuthorizationResult.ALLOWED ? '1' : '0';
    }

    private static ResourceType type(String code) {
        return ResourceType.fromCode(Byte.parseByte(code));
    }

    private static AclOperation operation(String code) {
        return AclOperation.fromCode(Byte.parseByte(code));
    }

    private record Asker(KafkaPrincipal principal, InetAddress clientAddress) implements AuthorizableRequestContext {
        Asker(String principal, String host) throws Exception {
            this(SecurityUtils.parseKafkaPrincipal(principal), InetAddress.getByName(host));
        }

        public String listenerName() {
            return "SASL_SSL";
        }

        public SecurityProtocol securityProtocol() {
            return SecurityProtocol.SASL_SSL;
        }

        public int requestType() {
            return 3;
        }

        public int requestVersion() {
            return 12;
        }

        public String clientId() {
            return "oracle";
        }

        public int correlationId() {
            return 1;
        }
    }

    /** The authorizer counts what it decides and cannot do without. */
    private static class NoMetrics implements PluginMetrics {
        private int sensors = 0;

        public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
            return METRICS.metricName(name + sensors++, "oracle", description, tags);
        }

        public void addMetric(MetricName name, MetricValueProvider<?> provider) {
        }

        public void removeMetric(MetricName name) {
        }

        public Sensor addSensor(String name) {
            return METRICS.sensor(name + sensors++);
        }

        public void removeSensor(String name) {
        }
    }
}
